package io.github.istioegress.maven.input;

import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How manifests are to be judged.
 *
 * @param istioVersion the release, empty for what the input or the default says
 * @param outboundTrafficPolicy the policy where the input has no mesh configuration
 * @param format the format of the answer
 */
public record InputOptions(
    Optional<IstioVersion> istioVersion,
    OutboundTrafficPolicy outboundTrafficPolicy,
    String format) {

  /**
   * Reads what was said in the pom or on the command line.
   *
   * @throws RefusedException when a word is not known, naming the property
   */
  public static InputOptions parse(String istioVersion, String policy, String format) {
    return new InputOptions(version(istioVersion), policy(policy), format);
  }

  /** What to ask the explainer with these options. */
  public EgressExplainer.Request request(
      ManifestSet set, Optional<SourceFile> calls, String call, String from) {
    return new EgressExplainer.Request(
        set.files(),
        calls,
        call,
        from,
        istioVersion,
        outboundTrafficPolicy,
        set.missingGateways(),
        format);
  }

  /** What to ask the analyzer with these options. */
  public EgressAnalyzer.Request analysis(ManifestSet set, List<String> suppress) {
    return new EgressAnalyzer.Request(
        set.files(), istioVersion, outboundTrafficPolicy, false, suppress);
  }

  private static Optional<IstioVersion> version(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(IstioVersion.parse(text));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("istio-egress.istioVersion: " + e.getMessage(), e);
    }
  }

  private static OutboundTrafficPolicy policy(String text) {
    return Arrays.stream(OutboundTrafficPolicy.values())
        .filter(policy -> policy.name().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "istio-egress.outboundTrafficPolicy is '%s': say REGISTRY_ONLY or ALLOW_ANY"
                        .formatted(text)));
  }
}
