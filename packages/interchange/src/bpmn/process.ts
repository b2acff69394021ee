/** What a pathway is as a process of BPMN, before anything is drawn or written. */
export interface BpmnProcess {
  /** Id of the pathway. */
  readonly id: string;
  readonly title: string;
  readonly documentation?: string;
  /** Ids and titles of the organisations that have a part in it, in order of first use; empty where none has. */
  readonly lanes: readonly { readonly id: string; readonly title: string }[];
  /** In the order of the text. */
  readonly nodes: readonly BpmnNode[];
  readonly ways: readonly BpmnWay[];
  /** What is kept over a stretch of the way, drawn as a group. */
  readonly holds: readonly { readonly id: string; readonly title: string }[];
}

type BpmnNodeKind =
  | 'start'
  /** Where some patients enter later than at the beginning. */
  | 'entry'
  | 'end'
  /** Ends everything around it: the first branch of a race. */
  | 'terminate'
  | 'task'
  | 'user task'
  | 'call'
  | 'timer'
  /** Something happens and takes no time. */
  | 'throw'
  | 'exclusive'
  | 'parallel'
  | 'sub-process'
  /** Leaves the activity that it is attached to. */
  | 'boundary timer'
  | 'boundary condition';

export interface BpmnNode {
  readonly id: string;
  readonly kind: BpmnNodeKind;
  readonly name: string;
  /** Index into the lanes; 0 where there are none. */
  readonly lane: number;
  readonly documentation?: string;
  /** What it is in the language. */
  readonly meaning?: Meaning;
  /** Of timers: an ISO 8601 duration, or words where it is none. */
  readonly time?: { readonly kind: 'duration' | 'words'; readonly text: string };
  /** Of boundary events. */
  readonly attachedTo?: string;
  /** Of calls: id of the pathway. */
  readonly calls?: string;
  /** Of sub-processes. */
  readonly inside?: BpmnProcess;
  /** Ids of the holds around it, outermost first. */
  readonly holds: readonly string[];
  /** The branch at every split around it, outermost first. */
  readonly branchPath: readonly { readonly block: number; readonly branch: number; readonly opener: string }[];
}

/** What a node is in the language, so that the text can be had back: kept in the node's extension elements. */
export interface Meaning {
  readonly is: string;
  /** What follows the keyword up to the block. */
  readonly head?: string;
  /** The block that this node ends: the node's id where it begins. */
  readonly of?: string;
  /** Lines between the braces. */
  readonly lines?: readonly string[];
}

/** A branch by what stands before its block, and its place in the text, from 0. */
export interface BranchOfWay {
  readonly head: string;
  readonly place: number;
}

export interface BpmnWay {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Shown on the line. */
  readonly name: string;
  /** In the words of the language. */
  readonly condition?: string;
  /** The way that is taken where no other is. */
  readonly isDefault?: boolean;
  /** Probability, where the way is one of a choice by shares. */
  readonly share?: number;
  /** The branches that it stands for: what stands before their blocks, and where they stand among the others. */
  readonly branches?: readonly BranchOfWay[];
  /** Leads back to what came before. */
  readonly isReturn?: boolean;
}
