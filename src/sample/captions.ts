import type { Campaign } from './catalog.js';
import { type NonEmpty, pick, type Random } from './random.js';

const ENGLISH: NonEmpty<string> = [
  'Six weeks with {product} and my mornings feel different. Honest notes in the comments',
  'You asked what I take after a workout, so here it is: {product}',
  'My trainer said "consistency beats intensity", and {product} makes the routine easy',
  'Rest day, chai in hand, and {product} packed for tomorrow',
  'Three things that helped me this month: sleep, sunlight, and {product}',
  'Not a miracle, just a habit. {product} with breakfast, every single day',
  'Travel week! {product} fits in my cabin bag, no excuses left',
  'Label reading 101: what is in {product}, and what is not',
  'I was a sceptic, then my mother asked for "one more pack" of {product}',
  '5 am club report: tired, happy, hydrated. Thank you, {product}',
  'Full day of eating, with recipes, shopping list, and {product} on the side',
  'Sunday batch-cook, Monday calm. {product} is the only thing I did not make myself',
  'My code works till Sunday night, use it on {product}',
  'Answering your questions on dosage, taste and price of {product}',
];
const HINDI: NonEmpty<string> = [
  'रोज़ की सेहत, आसान तरीके से: {product}',
  'सुबह की दौड़ के बाद मेरी पसंद, {product}',
  'माँ ने पूछा "ये क्या है?", मैंने कहा {product}',
  'छोटी आदतें, बड़ा असर। आज से {product}',
  'थकान कम, काम ज़्यादा! {product} के साथ मेरा अनुभव',
  'घर का खाना, पूरी नींद, और {product}',
];
const EMOJI: NonEmpty<string> = ['💪', '🌿', '🏃‍♀️', '🥤', '✨', '🧘', '🔥', '❤️', '😴', '🪔'];
const HASHTAGS: NonEmpty<string> = ['#health', '#wellness', '#fitness', '#nutrition', '#routine', '#सेहत'];

/** A caption for a post of the campaign: a sentence, sometimes in Hindi, with emoji, hashtags or a line break. */
export function inventCaption(random: Random, campaign: Campaign): string {
  const sentence = pick(random, random() < 0.14 ? HINDI : ENGLISH).replace(
    '{product}',
    `${campaign.brand} ${campaign.featured.name.split(',')[0]}`,
  );
  const emoji = random() < 0.4 ? ` ${pick(random, EMOJI)}` : '';
  const gap = random() < 0.08 ? '\n' : ' ';
  const second = random() < 0.6 ? ` ${pick(random, HASHTAGS)}` : '';
  return `${sentence}${emoji}${gap}${campaign.hashtag}${second}`;
}
