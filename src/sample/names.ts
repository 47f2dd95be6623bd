import { type Random, shuffled } from './random.js';

export interface PersonName {
  name: string;
  gender: 'Female' | 'Male';
}

const WOMEN = [
  ...['Aaratrika', 'Afreen', 'Alisha', 'Anvita', 'Bhavya', 'Chandni', 'Damini', 'Devika', 'Eesha', 'Farida'],
  ...['Gauri', 'Harleen', 'Ishita', 'Jasleen', 'Kaveri', 'Lalrin', 'Madhura', 'Meher', 'Nandita', 'Nilofer'],
  ...['Oindrila', 'Pallavi', 'Rukmini', 'Samaira', 'Sharmila', 'Tenzin', 'Urvi', 'Vasudha', 'Yamini', 'Zoya'],
];
const MEN = [
  ...['Abeer', 'Advait', 'Anirban', 'Arjan', 'Balaji', 'Chirag', 'Danish', 'Dhruv', 'Eshan', 'Farhan'],
  ...['Gurnoor', 'Harish', 'Imran', 'Jaideep', 'Joel', 'Kabir', 'Karthik', 'Lakshya', 'Manav', 'Naveen'],
  ...['Omkar', 'Parth', 'Raghav', 'Rehan', 'Samarth', 'Subhash', 'Tejas', 'Uday', 'Vihaan', 'Yash', 'Zubin'],
];
const SURNAMES = [
  ...['Acharya', 'Ahluwalia', 'Ansari', 'Banerjee', 'Bhandari', 'Bora', 'Chettiar', 'Dalal', 'Deshpande'],
  ...['Dhillon', "D'Souza", 'Fernandes', 'Gaekwad', 'Ganguly', 'Gill', 'Hegde', 'Hussain', 'Iyer', 'Jadhav'],
  ...['Kamat', 'Khatri', 'Kulkarni', 'Kurian', 'Lobo', 'Mahanta', 'Menon', 'Merchant', 'Mishra', 'Mistry'],
  ...['Nair', 'Negi', 'Oommen', 'Parikh', 'Pathak', 'Pillai', 'Qureshi', 'Rathore', 'Reddy', 'Saikia'],
  ...['Sandhu', 'Sequeira', 'Shaikh', 'Shetty', 'Siddiqui', 'Sodhi', 'Subramanian', 'Talwar', 'Tripathi'],
  ...['Upadhyay', 'Varghese', 'Venkatesan', 'Wadia', 'Walia', 'Yadav', 'Zachariah'],
];
const IN_DEVANAGARI: PersonName[] = [
  { name: 'मृणाल देशमुख', gender: 'Female' },
  { name: 'ओजस त्रिवेदी', gender: 'Male' },
  { name: 'सुहानी रावत', gender: 'Female' },
  { name: 'अंगद चौहान', gender: 'Male' },
];

/**
 * Invented Indian names, about one in sixty written in Devanagari.
 * No name comes twice among the first 3,000: the numbers of first names and surnames share no factor.
 */
export function inventNames(random: Random, count: number): PersonName[] {
  const firstNames = shuffled<PersonName>(random, [
    ...WOMEN.map((name) => ({ name, gender: 'Female' as const })),
    ...MEN.map((name) => ({ name, gender: 'Male' as const })),
  ]);
  const surnames = shuffled(random, SURNAMES);
  return Array.from({ length: count }, (_, index) => {
    const inDevanagari =
      index % 60 === 22 ? IN_DEVANAGARI[Math.floor(index / 60) % IN_DEVANAGARI.length] : undefined;
    if (inDevanagari !== undefined) return inDevanagari;
    const first = firstNames[index % firstNames.length];
    return {
      name: `${first?.name} ${surnames[index % surnames.length]}`,
      gender: first?.gender ?? 'Female',
    };
  });
}
