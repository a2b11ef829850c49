package io.github.istioegress.generator;

import io.github.istioegress.layout.PartRendering;
import io.github.istioegress.resource.ResourceSet;

/** Takes what a generation yields, part by part; nobody holds the whole. */
interface Yield extends PartRendering.Files {

  /** The resources of a part as they were read back; what several parts share comes with each. */
  void resources(ResourceSet read);

  /** A declared call, traced. */
  void call(DeclaredCall call);
}
