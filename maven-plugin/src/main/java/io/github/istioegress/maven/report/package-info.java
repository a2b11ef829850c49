/** Says what a goal did, to the log or to a file. */
@NullMarked
package io.github.istioegress.maven.report;

import org.jspecify.annotations.NullMarked;
