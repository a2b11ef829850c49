package io.github.istioegress.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.finding.Finding;
import java.util.List;

/** Short words for reading one file. */
final class Reading {

  private Reading() {}

  static ReadManifests read(String text) {
    return read("in.yaml", text);
  }

  static ReadManifests read(String name, String text) {
    return new ManifestReader().read(List.of(new SourceFile(name, text)));
  }

  /** Findings as {@code EGR904 in.yaml:3:1}. */
  static List<String> findings(String text) {
    return codes(read(text));
  }

  static List<String> codes(ReadManifests read) {
    return read.findings().stream().map(Reading::code).toList();
  }

  private static String code(Finding finding) {
    return finding.code().code() + " " + finding.location();
  }

  static List<? extends HasMetadata> objects(ReadManifests read) {
    return read.resources().all().stream().map(resource -> resource.object()).toList();
  }

  /** A ServiceEntry with more lines in its spec, which begins at line 5. */
  static String serviceEntry(String... spec) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: cnn, namespace: shop}
        spec:
        """
        + "  "
        + String.join("\n  ", spec)
        + "\n";
  }

  static String virtualService(String... spec) {
    return serviceEntry(spec).replace("kind: ServiceEntry", "kind: VirtualService");
  }
}
