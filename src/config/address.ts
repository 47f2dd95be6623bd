import { z } from 'zod';
import { isMailAddress } from './mail-address.js';

/** One mail address: `anna@example.com` or `Anna Example <anna@example.com>`. */
export const mailAddress = z
  .string()
  .trim()
  .refine(isMailAddress, 'is not a mail address such as anna@example.com');
