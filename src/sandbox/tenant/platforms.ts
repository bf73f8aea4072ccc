import { androidPlatforms } from './platforms-of-android.ts';
import { applePlatforms } from './platforms-of-apple.ts';
import { windowsPlatforms } from './platforms-of-windows.ts';

/** Every kind of machine the company has. */
export const platforms = { ...applePlatforms, ...androidPlatforms, ...windowsPlatforms };

export type PlatformName = keyof typeof platforms;
