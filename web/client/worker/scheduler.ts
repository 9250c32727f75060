// SPDX-License-Identifier: Apache-2.0
import { makeEventLoopTurn } from './event-loop-turn.js';

/** Work that is done in slices. */
export interface Task {
  readonly id: number;
  /** Tasks of one lane run one after the other in the order of their arrival. */
  readonly lane: string;
  /** Somebody waits for it: it runs before background work. */
  readonly interactive: boolean;
  /** Works for about `budgetMs` milliseconds; true when done. */
  step(budgetMs: number): boolean;
  /** It has nothing to do until a message arrives for it: see `Scheduler.wake`. */
  readonly waiting?: boolean;
  /** It can only be done to the end now: see `Scheduler.cancel`. */
  readonly begun?: boolean;
  /** Called once after the last step, or instead of it: frees what the task holds. */
  release(): void;
}

export interface TaskEvents {
  /** `step` returned true; the task has not been released yet. */
  done(task: Task): void;
  stepped(task: Task): void;
  failed(task: Task, error: unknown): void;
}

/** Milliseconds of work between two looks at the messages: a cancel waits for at most about this. */
const SLICE_MS = 16;

/**
 * A cooperative scheduler: one slice, then a turn of the event loop in which calls and cancels
 * arrive. Interactive tasks first, in order; then the lanes of background work in turn.
 */
export class Scheduler {
  #interactive: Task[] = [];
  /** Background tasks by lane; the first lane is the next one to work. */
  #lanes = new Map<string, Task[]>();
  #running = false;
  readonly #turn = makeEventLoopTurn(() => this.#slice());

  constructor(private readonly events: TaskEvents) {}

  add(task: Task): void {
    if (task.interactive) this.#interactive.push(task);
    else {
      const lane = this.#lanes.get(task.lane);
      if (lane) lane.push(task);
      else this.#lanes.set(task.lane, [task]);
    }
    this.#continue();
  }

  find(id: number): Task | undefined {
    for (const queue of [this.#interactive, ...this.#lanes.values()]) {
      const task = queue.find((candidate) => candidate.id === id);
      if (task) return task;
    }
    return undefined;
  }

  /** A task that was waiting has something to do. */
  wake(): void {
    this.#continue();
  }

  /** Removes the task and frees what it holds. False when it is not here, or must be finished. */
  cancel(id: number): boolean {
    const task = this.find(id);
    if (!task || task.begun) return false;
    this.#remove(task);
    return true;
  }

  /** Removes every task of a lane, interactive ones included; returns them, released. */
  cancelLane(lane: string): Task[] {
    const tasks = this.#interactive.filter((task) => task.lane === lane);
    tasks.push(...(this.#lanes.get(lane) ?? []));
    for (const task of tasks) this.#remove(task);
    return tasks;
  }

  /** Drops all work. */
  close(): void {
    this.#interactive = [];
    this.#lanes.clear();
    this.#turn.close();
  }

  #continue(): void {
    if (this.#running) return;
    this.#running = true;
    this.#turn.request();
  }

  #next(): Task | undefined {
    if (this.#interactive.length > 0) return this.#interactive[0];
    for (const [lane, tasks] of this.#lanes) {
      if (tasks[0]?.waiting) continue;
      // Back of the line: the next slice belongs to the next lane.
      this.#lanes.delete(lane);
      this.#lanes.set(lane, tasks);
      return tasks[0];
    }
    return undefined;
  }

  #slice(): void {
    this.#running = false;
    const task = this.#next();
    if (!task) return;
    try {
      if (task.step(SLICE_MS)) {
        this.events.done(task);
        this.#remove(task);
      } else {
        this.events.stepped(task);
      }
    } catch (error) {
      this.#remove(task);
      this.events.failed(task, error);
    }
    const lanes = [...this.#lanes.values()];
    if (this.#interactive.length > 0 || lanes.some(([first]) => !first?.waiting)) this.#continue();
  }

  #remove(task: Task): void {
    this.#interactive = this.#interactive.filter((other) => other !== task);
    const lane = this.#lanes.get(task.lane)?.filter((other) => other !== task);
    if (lane?.length) this.#lanes.set(task.lane, lane);
    else this.#lanes.delete(task.lane);
    task.release();
  }
}
