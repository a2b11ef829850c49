package io.github.istioegress.maven.input;

import io.github.istioegress.generator.EgressExplainer.MissingGateways;
import io.github.istioegress.manifest.SourceFile;
import java.util.List;

/**
 * Manifests that are judged together.
 *
 * @param name the definition they were generated from; empty for manifests from elsewhere
 * @param files the manifests
 * @param missingGateways what holds of gateways that they do not show
 */
public record ManifestSet(String name, List<SourceFile> files, MissingGateways missingGateways) {

  /** Manifests from anywhere: what they do not show is not there. */
  public static ManifestSet given(List<SourceFile> files) {
    return new ManifestSet("", files, MissingGateways.STAY_MISSING);
  }

  /** Manifests of a definition, which relies on gateways that it does not install itself. */
  public static ManifestSet generated(String name, List<SourceFile> files) {
    return new ManifestSet(name, files, MissingGateways.ARE_ASSUMED);
  }
}
