package io.github.istioegress.layout;

import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;

/** A way to spread resources over files. */
public interface OutputLayout {

  /** The name by which a build chooses it. */
  String name();

  /**
   * The files of resources: each resource is in one of them, once.
   *
   * @throws IllegalArgumentException when a name cannot be a file name, or two become one file
   */
  RenderedFiles render(ResourceSet resources, List<HelmValues> values);
}
