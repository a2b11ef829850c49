package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR512 and EGR513: a namespace with resources of two tenants, and one that is not for tenants.
 * Whose a resource is, its label or annotation {@code tenant} says, with any prefix.
 */
final class TenantNamespaceAnalyzer implements Analyzer {

  private static final String TENANT = "tenant";

  private record Claim(String tenant, Resource resource) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Owners owners = Owners.of(context);
    Map<String, Claim> first = new HashMap<>();
    for (Resource resource : context.resources().all()) {
      String namespace = ResourceSet.home(resource);
      Mark mark = mark(resource);
      if (mark.tenant().isEmpty() || namespace.isEmpty()) {
        continue;
      }
      if (owners.isPlatform(namespace)) {
        out.accept(
            Manifest.finding(
                resource,
                TenancyCode.RESERVED_NAMESPACE,
                mark.path(),
                resource.key(),
                mark.tenant(),
                namespace));
        continue;
      }
      Claim other = first.putIfAbsent(namespace, new Claim(mark.tenant(), resource));
      if (other != null && !other.tenant().equals(mark.tenant())) {
        out.accept(
            Manifest.finding(
                    resource,
                    TenancyCode.SHARED_NAMESPACE,
                    mark.path(),
                    resource.key(),
                    mark.tenant(),
                    namespace,
                    other.tenant(),
                    other.resource().key())
                .related(List.of(Manifest.subject(other.resource().key()))));
      }
    }
  }

  /** The tenant that a resource names, and where; empty for none. */
  private record Mark(String tenant, String path) {}

  private static Mark mark(Resource resource) {
    Map<String, String> none = Map.of();
    return Stream.of("labels", "annotations")
        .flatMap(
            field ->
                Objects.requireNonNullElse(
                        field.equals("labels")
                            ? resource.object().getMetadata().getLabels()
                            : resource.object().getMetadata().getAnnotations(),
                        none)
                    .entrySet()
                    .stream()
                    .filter(entry -> isTenant(entry.getKey()))
                    .map(
                        entry ->
                            new Mark(entry.getValue(), "metadata." + field + "." + entry.getKey())))
        .findFirst()
        .orElse(new Mark("", ""));
  }

  private static boolean isTenant(String key) {
    return key.substring(key.lastIndexOf('/') + 1).equals(TENANT);
  }
}
