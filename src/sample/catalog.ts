import { dayOf } from './calendar.js';
import type { NonEmpty } from './random.js';

export type Brand = 'Tezbal' | 'Ojavya';

export interface Product {
  name: string;
  /** List price of one order, in rupees. */
  price: number;
}

export interface Campaign {
  name: string;
  brand: Brand;
  firstDay: number;
  lastDay: number;
  /** How well its posts sell; 1 is usual. */
  appeal: number;
  /** The product that most of its orders are for. */
  featured: Product;
  hashtag: string;
}

export interface Platform {
  name: string;
  /** Share of the influencers whose profile is here. */
  share: number;
  /** Usual (likes + comments) / reach. */
  engagement: number;
  /** Start of a post's address. The domains are reserved ones that nobody can own. */
  url: string;
}

const whey: Product = { name: 'Whey Protein 1 kg', price: 2499 };
const plant: Product = { name: 'Plant Protein 500 g', price: 1899 };
const creatine: Product = { name: 'Creatine 250 g', price: 1249 };
const electrolytes: Product = { name: 'Electrolytes, 20 sachets', price: 999 };
const collagen: Product = { name: 'Marine Collagen 200 g', price: 2099 };
const omega: Product = { name: 'Omega-3, 60 capsules', price: 1499 };
const multivitamin: Product = { name: 'Multivitamin, 60 tablets', price: 1149 };
const sleep: Product = { name: 'Sleep Gummies', price: 999 };

/** What each brand sells. */
export const PRODUCTS: Record<Brand, NonEmpty<Product>> = {
  Tezbal: [whey, plant, creatine, electrolytes],
  Ojavya: [collagen, omega, multivitamin, sleep],
};

function campaign(
  name: string,
  [from, to]: [string, string],
  appeal: number,
  featured: Product,
  hashtag: string,
): Campaign {
  const brand = name.startsWith('Tezbal') ? 'Tezbal' : 'Ojavya';
  return { name, brand, firstDay: dayOf(from), lastDay: dayOf(to), appeal, featured, hashtag };
}

const WHOLE_YEAR: [string, string] = ['2025-07-01', '2026-06-30'];

/** Six campaigns a brand; on every day at least one of each brand runs. */
export const CAMPAIGNS: NonEmpty<Campaign> = [
  campaign('Tezbal Everyday Protein', WHOLE_YEAR, 1.0, whey, '#TezbalEveryday'),
  campaign('Tezbal Plant Power', WHOLE_YEAR, 1.2, plant, '#PlantPower'),
  campaign('Tezbal Festive Strength', ['2025-09-20', '2025-12-05'], 1.5, whey, '#FestiveStrength'),
  campaign('Tezbal Marathon Season', ['2025-11-01', '2026-03-15'], 0.4, electrolytes, '#MarathonSeason'),
  campaign('Tezbal New Year Reset', ['2025-12-20', '2026-03-01'], 1.6, creatine, '#NewYearReset'),
  campaign('Tezbal Summer Hydration', ['2026-03-20', '2026-06-30'], 1.1, electrolytes, '#StayHydrated'),
  campaign('Ojavya Everyday Immunity', WHOLE_YEAR, 0.8, multivitamin, '#EverydayImmunity'),
  campaign("Ojavya Women's Wellness", WHOLE_YEAR, 1.5, collagen, '#HerWellness'),
  campaign('Ojavya Monsoon Immunity', ['2025-07-01', '2025-10-10'], 0.5, multivitamin, '#MonsoonReady'),
  campaign('Ojavya Festive Glow', ['2025-09-25', '2025-12-10'], 1.4, collagen, '#FestiveGlow'),
  campaign('Ojavya Heart First', ['2026-01-05', '2026-04-30'], 0.5, omega, '#HeartFirst'),
  campaign('Ojavya Sleep Better', ['2026-02-15', '2026-06-30'], 0.4, sleep, '#SleepBetter'),
];

export const PLATFORMS: NonEmpty<Platform> = [
  { name: 'Instagram', share: 0.52, engagement: 0.042, url: 'https://www.instagram.example/p/' },
  { name: 'YouTube', share: 0.26, engagement: 0.034, url: 'https://www.youtube.example/watch?v=' },
  { name: 'X', share: 0.12, engagement: 0.018, url: 'https://x.example/status/' },
  { name: 'Facebook', share: 0.1, engagement: 0.024, url: 'https://www.facebook.example/posts/' },
];

/** What influencers write about, and the brand that suits it. */
export const CATEGORIES: NonEmpty<{ name: string; brand: Brand }> = [
  { name: 'Fitness', brand: 'Tezbal' },
  { name: 'Nutrition', brand: 'Tezbal' },
  { name: 'Running', brand: 'Tezbal' },
  { name: 'Yoga', brand: 'Ojavya' },
  { name: 'Lifestyle', brand: 'Ojavya' },
  { name: 'Parenting', brand: 'Ojavya' },
];
