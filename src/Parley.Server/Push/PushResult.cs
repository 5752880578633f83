namespace Parley.Server.Push;

/// <summary>Result of one attempt to push.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="RetryAfter">Time for which the push service wants to be left alone.</param>
/// <param name="Reason">Words for the log.</param>
internal readonly record struct PushResult(PushOutcome Outcome, TimeSpan RetryAfter, string Reason);
