/** The CTI Server protocol (GED-188). */
export type Message = { type: string; [field: string]: unknown };
export type MessageInit = Message;
