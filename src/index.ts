/**
 * The package's main entry, for tools that resolve it. It offers nothing of its own: Node-RED loads the nodes by their
 * paths, and programs import the tier they want, such as '@openctios/node-red-ctios/cil'.
 */
export {};
