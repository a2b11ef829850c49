package io.github.istioegress.manifest;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.HygieneCode;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with one resource: one finding a field, the first that was found. */
final class ResourceFindings {

  private final Document document;
  private final Subject resource;
  private final List<Finding> findings;
  private final Set<String> told = new HashSet<>();

  /**
   * Gathers for a document.
   *
   * @param resource what it is, as messages name it
   */
  ResourceFindings(Document document, Subject resource, List<Finding> findings) {
    this.document = document;
    this.resource = resource;
    this.findings = findings;
  }

  /** Where a field of the document stands. */
  static Location locate(Document document, String path) {
    Place place = document.place().nearest(path);
    return new Location(document.file(), place.line(), place.column());
  }

  /** True where the field is told of, so that what follows from it needs no words. */
  boolean isTold(String path) {
    return told.contains(path);
  }

  /** The bare text of a value that readers differ about; else empty. */
  String ambiguous(String path) {
    return document.place().nearest(path).ambiguous();
  }

  /** A value that the field does not take. */
  void wrong(String path, String value, String wanted) {
    add(InputCode.WRONG_TYPE, path, value, path, wanted);
  }

  /** A bare word where a string is meant. */
  void ambiguous(String path, String text) {
    add(InputCode.AMBIGUOUS_SCALAR, path, text, path);
  }

  /** A field that is not known, or that would be lost. */
  void unknown(String path, String why, String remedy) {
    add(HygieneCode.UNKNOWN_FIELD, path, path, why, remedy);
  }

  private void add(FindingCode code, String path, Object... args) {
    if (told.add(path) && findings.size() < ReaderLimits.FINDINGS) {
      Object[] all = new Object[args.length + 1];
      all[0] = resource;
      System.arraycopy(args, 0, all, 1, args.length);
      findings.add(code.at(locate(document, path), all).about(resource, path));
    }
  }
}
