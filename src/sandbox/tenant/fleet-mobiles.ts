import { device } from './device.ts';
import { answerFates as answer } from './fates-of-answers.ts';
import { assignmentFates as assignment } from './fates-of-assignments.ts';
import { lockFates as lock } from './fates-of-locks.ts';

/** Phones, tablets and a room; some with names that try to be something else. */
export const mobiles = [
  device('TAB-9', 'ipad', 'adele', 'DMPX9A1B2C3D', assignment.removes),
  device('TAB-10', 'ipad', 'diego', 'DMPX9E4F5G6H', assignment.mixed),
  device('TAB-11', 'ipad', 'grady', 'DMPX9J7K8L9M', assignment.many),
  device('TAB-12', 'androidCobo', 'henrietta', 'R52T40ABCDE', assignment.oldSpelling),
  device('TAB-13', 'ipad', 'joni', 'DMPX9N1P2Q3R', assignment.standing),
  device('TAB-14', 'androidCosu', 'room', '22331522501234', assignment.stuck),
  device('TAB-15', 'ipad', 'lee', 'DMPX9S4T5U6V', lock.blankResults),
  device('PH-21', 'iphone', 'miriam', 'F4GX7K1LPLJ1', lock.notSupported),
  device('PH-22', 'iphone', 'nestor', 'F4GX7K2LPLJ2', lock.longActive),
  device('PH-23', 'androidCope', 'pradeep', 'R5CX30FGHIJ', answer.throttledWithTime),
  device('PH-24', 'androidCobo', 'johanna', '38191FDJH001', answer.throttledWithout),
  device('PH-25', 'iphone', 'debra', 'F4GX7K3LPLJ3', answer.throttledReads),
  device('PH-26', 'iphone', 'christie', 'F4GX7K4LPLJ4', answer.forbidden),
  device('PH-27', 'iphone', 'allan', 'F4GX7K5LPLJ5', answer.refused),
  device('PH-28', 'iphone', 'emily', 'F4GX7K6LPLJ6', answer.error503),
  device('PH-29', 'androidByod', 'zoe', 'R5CX30KLMNO', answer.refused, { personal: true }),
  device('PH-30', 'androidCope', 'lynne', 'R5CX30PQRST', lock.none),
  device('ROOM1_AndroidAOSP_7/2/2025_12:01 PM', 'androidAosp', 'room', '803161B012345', lock.locksWithoutPin),
  device('会議室-01', 'ipad', 'room', 'DMPX9W7X8Y9Z', lock.locksWithoutPin),
  device('[click](http://evil.example) <b>x</b>', 'iphone', 'isaiah', 'F4GX7K7LPLJ7', lock.locksWithoutPin),
  device('${secret}', 'iphone', 'megan', 'F4GX7K8LPLJ8', lock.locksWithoutPin),
  device('Zoë’s iPhone', 'iphone', 'zoe', 'F4GX7K9LPLJ9', lock.locksWithoutPin),
  device("x' or deviceName ne '", 'androidCobo', 'alex', '38191FDJH002', lock.locksWithoutPin),
];
