// What a diagram says, as Mermaid's own parser and database have it; nothing is drawn.
globalThis.__docsToolsRead = async (source) => {
  try {
    return await __docsToolsFacts(source);
  } catch (error) {
    // not a word of Mermaid's: it has stumbled, most often over a task
    const stumbled = error instanceof TypeError && error.message.endsWith(" of undefined");
    if (!stumbled || !/^\s*gantt\b/m.test(source)) throw error;
    throw new Error(`a task is not as it must be (${error.message})\n`
      + "write `Name :tags, id, start, length`; tags come first, and the first task needs a start");
  }
};

globalThis.__docsToolsFacts = async (source) => {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
  const db = diagram.db;
  const call = (name) => (typeof db[name] === "function" ? db[name]() : undefined);
  const values = (some) => (some instanceof Map ? [...some.values()] : Object.values(some ?? {}));
  const time = (date) => (date instanceof Date && !isNaN(date) ? date.getTime() / 1000 : null);
  const reading = {
    kind: diagram.type,
    title: call("getAccTitle") || call("getDiagramTitle") || "",
    description: call("getAccDescription") || "",
    tasks: [], nodes: [], edges: [], classes: [], relations: [],
  };
  if (diagram.type === "gantt") {
    reading.tasks = call("getTasks").map((task) => ({
      id: task.id, name: task.task, section: task.section ?? "",
      start: time(task.startTime), end: time(task.endTime),
      point: Boolean(task.milestone || task.vert),
      starts: task.raw?.startTime?.startData ?? "", ends: task.raw?.endTime?.data ?? "",
    }));
  } else if (diagram.type.startsWith("flowchart")) {
    reading.nodes = values(call("getVertices")).map((node) => [node.id, node.text ?? node.id]);
    reading.edges = call("getEdges").map((edge) => [edge.start, edge.end, edge.text ?? ""]);
  } else if (diagram.type.startsWith("class")) {
    const text = (member) => member.getDisplayDetails?.().displayText ?? String(member);
    reading.classes = values(call("getClasses")).map((found) => [
      found.id, found.label ?? found.id, [...found.members, ...found.methods].map(text),
    ]);
    reading.relations = call("getRelations").map((relation) => [
      relation.id1, relation.id2, relation.relationTitle1 ?? "", relation.title ?? "",
    ]);
  }
  return JSON.stringify(reading);
};
