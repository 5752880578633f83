namespace Parley.Server.Hooks;

/// <summary>Result of one attempt to deliver.</summary>
/// <param name="IsTaken">The other side has it.</param>
/// <param name="MayHelp">If not: whether another attempt may help.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone.</param>
/// <param name="Reason">In words for the log.</param>
internal readonly record struct HookResult(bool IsTaken, bool MayHelp, TimeSpan RetryAfter, string Reason);
