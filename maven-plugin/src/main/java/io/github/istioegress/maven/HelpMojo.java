package io.github.istioegress.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Lists the goals, one sentence and one example each. */
@Mojo(name = "help", requiresProject = false, threadSafe = true)
public final class HelpMojo extends AbstractEgressMojo {

  static final String TEXT =
      """
      generate: compiles, expands the module's egress definitions, traces their calls and writes the manifests.
        mvn istio-egress:generate
        -Distio-egress.layout=NAME lays the files out: namespace, tenant, apply-order, kustomize, helm, argo-cd or flux.
        argo-cd and flux need -Distio-egress.gitRepository, gitBranch and gitFolder, which say where the output lies in Git.
      generate-no-fork: the same inside a build that compiles anyway, by default at process-classes.
        mvn compile istio-egress:generate-no-fork
      generate-sources: writes Java constants for the names of tenants files, such as FleetTenants.SHOP, and has them compiled.
        mvn istio-egress:generate-sources -Distio-egress.tenantFiles=tenants -Distio-egress.packageName=com.acme.egress
      check: fails when the manifests are not what the definitions yield; never writes, by default at verify.
        mvn compile istio-egress:check
      analyze: says what of any manifests will not do as intended, and where; needs no project.
        mvn istio-egress:analyze -Distio-egress.input=manifests -Distio-egress.failOn=warning
        -Distio-egress.suppress=EGR402,EGR501@VirtualService/shop/cnn leaves findings out; so does the annotation istio-egress.io/suppress: "EGR402: why" on the resource.
        -Distio-egress.format=sarif (or json, junit, github) with -Distio-egress.report=FILE is for tools.
      explain: says what happens to a call, hop by hop, who can reach what (-Distio-egress.reach=true), or what a finding code means; needs no project.
        mvn istio-egress:explain -Distio-egress.call=http://edition.cnn.com/politics -Distio-egress.from=default
      import: writes Java definitions from manifests, proves that they yield the same, and lists what they do not cover; needs no project.
        mvn istio-egress:import -Distio-egress.input=manifests -Distio-egress.packageName=com.acme.egress
      help: lists the goals.
        mvn istio-egress:help
      """;

  /** For Maven. */
  public HelpMojo() {}

  @Override
  void run() {
    TEXT.lines().forEach(getLog()::info);
  }
}
