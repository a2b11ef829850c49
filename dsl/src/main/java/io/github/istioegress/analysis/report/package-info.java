/** Writes findings, for people and for tools. */
@NullMarked
package io.github.istioegress.analysis.report;

import org.jspecify.annotations.NullMarked;
