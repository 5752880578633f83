namespace Parley.ClusterCheck.Talking;

/// <summary>The next thing that a client does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Choice">Chooses a room, a name or another client, among those there are.</param>
/// <param name="Pause">Time before it.</param>
internal sealed record Step(StepKind Kind, int Choice, TimeSpan Pause);
