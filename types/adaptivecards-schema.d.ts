/** Stands for `adaptivecards/src/schema`, TypeScript sources that the types of adaptivecards-templating refer to and that our stricter compiler options reject. We use nothing of it. */
export type IAdaptiveCard = object;
