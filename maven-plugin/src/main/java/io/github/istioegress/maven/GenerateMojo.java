package io.github.istioegress.maven;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the module, expands each of its egress definitions, traces the declared calls and writes
 * the manifests; call it by name, {@code mvn istio-egress:generate}.
 */
@Mojo(
    name = "generate",
    requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
    threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class GenerateMojo extends GenerateNoForkMojo {

  /** For Maven. */
  public GenerateMojo() {}
}
