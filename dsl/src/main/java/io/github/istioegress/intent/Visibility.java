package io.github.istioegress.intent;

/** Which namespaces see the resources of a sentence ({@code spec.exportTo}). */
public enum Visibility {
  /**
   * The sentence's own namespace and those of the gateways on its way: nothing wider than asked.
   */
  AS_ASKED,
  /**
   * What the mesh says where a resource is silent: every namespace, unless mesh config has other
   * defaults. Meant for adopting live resources that have no {@code exportTo}.
   */
  MESH_DEFAULT
}
