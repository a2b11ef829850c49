package io.github.istioegress.generator;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.layout.PartRendering;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;

/** Takes what a generation yields, part by part; nobody holds the whole. */
interface Yield extends PartRendering.Files {

  /**
   * Reads back the resources of a part; what several parts share comes with each. Several threads
   * ask at once; all else comes from one, part by part.
   */
  ResourceSet read(String folder, List<PartRendering.Document> documents);

  /** What was read back of a part. */
  void part(ResourceSet read);

  /** A declared call, traced. */
  void call(DeclaredCall call);

  /** Something that will not do as intended. */
  void finding(Finding finding);
}
