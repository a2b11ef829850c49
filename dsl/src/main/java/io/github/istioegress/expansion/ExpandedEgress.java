package io.github.istioegress.expansion;

import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;

/**
 * What a plan expands into.
 *
 * @param resources the resources, complete and consistent
 * @param helmValues values for Istio's own charts, where the plan says how Istio is installed
 */
public record ExpandedEgress(ResourceSet resources, List<HelmValues> helmValues) {

  /** Freezes the list. */
  public ExpandedEgress {
    helmValues = List.copyOf(helmValues);
  }
}
