import { useState } from 'react';
import { axisEnd } from './timelineLayout';
import { canZoomIn, within, zoomed } from './timelineZoom';
import type { Zoom, ZoomStep } from './timelineZoom';

/** How much of the timeline is in view, and how to change that. */
export interface TimelineZoom {
  readonly zoom: Zoom;
  readonly canZoomIn: boolean;
  step(step: ZoomStep): void;
}

/** @param seconds - how much time the axis has to show at least */
export function useTimelineZoom(seconds: number): TimelineZoom {
  const [wanted, setWanted] = useState<Zoom>();
  const whole = axisEnd(seconds);
  const zoom = within(wanted, whole);
  return {
    zoom,
    canZoomIn: canZoomIn(zoom, whole),
    step: step => setWanted(zoomed(zoom, step, whole)),
  };
}
