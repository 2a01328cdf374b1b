/** The deployed machine as a drawing, with what the run has done at the cursor. */
import '@xyflow/react/dist/style.css';
import { Graph as Layered, layout } from '@dagrejs/dagre';
import {
  Background,
  Controls,
  type Edge as DrawnEdge,
  type Node as DrawnNode,
  Handle,
  MarkerType,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import { useMemo } from 'react';
import { type Graph, graphOf } from '../../model/graph.ts';
import type { Run, Visit } from '../../model/run.ts';
import { isRetrying } from '../../model/saga.ts';
import { way, waysTaken } from '../../model/taken.ts';
import { Status } from '../../parts/status.tsx';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

const WIDTH = 190;
const HEIGHT = 44;

interface StateData extends Record<string, unknown> {
  readonly name: string;
  readonly type: string;
  /** What became of its latest visit; none before it was entered. */
  readonly status: string;
  readonly visits: number;
  readonly attempts: number;
  readonly chosen: boolean;
}

export const MachineGraph = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { definition, now, chosen, choose } = run;
  const graph = useMemo(() => graphOf(definition), [definition]);
  const places = useMemo(() => placesIn(graph), [graph]);
  const nodes = useMemo(() => drawnNodes(graph, places, now, chosen), [graph, places, now, chosen]);
  const edges = useMemo(() => drawnEdges(graph, now), [graph, now]);
  return (
    <section className="graph" aria-label={t(WORDS.graph)}>
      <ReactFlowProvider>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          fitView
          fitViewOptions={{ padding: 0.02 }}
          minZoom={0.2}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          onNodeClick={(_event, { id }) => choose(id)}
          onNodesChange={(changes) => {
            for (const change of changes) if (change.type === 'select' && change.selected) choose(change.id);
          }}
          proOptions={{ hideAttribution: true }}
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      </ReactFlowProvider>
    </section>
  );
};

const StateNode = ({ data }: NodeProps<DrawnNode<StateData>>) => (
  <div className={`node node-${data.type.toLowerCase()} is-${data.status}${data.chosen ? ' is-chosen' : ''}`}>
    <Handle type="target" position={Position.Top} />
    <div className="node-name">{data.name}</div>
    <div className="node-status">
      {data.status === 'untouched' ? <span>{data.type}</span> : <Status status={data.status} />}
      {data.visits > 1 ? <span> ×{data.visits}</span> : null}
      {data.attempts > 1 ? <span> ↻{data.attempts}</span> : null}
    </div>
    <Handle type="source" position={Position.Bottom} />
  </div>
);
const NODE_TYPES = { state: StateNode };

const placesIn = ({ nodes, edges }: Graph): ReadonlyMap<string, { x: number; y: number }> => {
  const layered = new Layered();
  layered.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 20 });
  layered.setDefaultEdgeLabel(() => ({}));
  for (const { name } of nodes) layered.setNode(name, { width: WIDTH, height: HEIGHT });
  for (const { from, to, kind, places } of edges) {
    if (places) layered.setEdge(from, to, { weight: kind === 'next' ? 8 : 1 });
  }
  layout(layered);
  return new Map(
    nodes.map(({ name }) => {
      const { x, y } = layered.node(name) as { x: number; y: number };
      return [name, { x: x - WIDTH / 2, y: y - HEIGHT / 2 }];
    }),
  );
};

const drawnNodes = (
  { nodes }: Graph,
  places: ReadonlyMap<string, { x: number; y: number }>,
  { visits }: Run,
  chosen: string | undefined,
): DrawnNode<StateData>[] => {
  const byState = Map.groupBy(visits, ({ state }) => state ?? '');
  return nodes.map(({ name, type }) => {
    const own = byState.get(name) ?? [];
    const latest = own.at(-1);
    return {
      ...{
        id: name,
        type: 'state',
        position: places.get(name) ?? { x: 0, y: 0 },
        width: WIDTH,
        height: HEIGHT,
      },
      data: {
        ...{ name, type, status: statusOf(latest), visits: own.length },
        attempts: latest?.attempts.length ?? 0,
        chosen: name === chosen,
      },
      ariaLabel: `${name}, ${type}, ${statusOf(latest)}`,
    };
  });
};

/** As {@link Visit} says it, and whether it tries again. */
const statusOf = (visit: Visit | undefined): string => {
  if (visit === undefined) return 'untouched';
  return isRetrying(visit) ? 'retrying' : visit.outcome;
};

const drawnEdges = ({ edges }: Graph, now: Run): DrawnEdge[] => {
  const taken = waysTaken(now);
  const seen = new Set<string>();
  return edges.flatMap(({ from, to, kind, jump, places }) => {
    const id = way(from, to);
    const went = taken.has(id);
    if (seen.has(id) || (jump && !went)) return [];
    seen.add(id);
    return [
      {
        ...{ id, source: from, target: to, type: places ? 'smoothstep' : 'default' },
        className: `edge-${kind}${went ? ' edge-taken' : ''}`,
        markerEnd: { type: MarkerType.ArrowClosed },
      },
    ];
  });
};
