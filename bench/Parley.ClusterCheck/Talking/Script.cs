namespace Parley.ClusterCheck.Talking;

/// <summary>What a client does, the same each time for the same seed.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="client">Number of the client.</param>
/// <param name="isSteady">True for one that stays in all rooms under one name, and so reads everything.</param>
internal sealed class Script(int seed, int client, bool isSteady)
{
    private const int MaxPauseMilliseconds = 120;

    private readonly Random _random = new(unchecked((seed * 1_000_003) + client));

    /// <summary>Returns the next step.</summary>
    public Step Next()
    {
        var (kind, choice, pause) = (_random.Next(1000), _random.Next(), TimeSpan.FromMilliseconds(_random.Next(MaxPauseMilliseconds)));
        return new Step(
            kind switch
            {
                < 60 when !isSteady => StepKind.Move,
                < 100 when !isSteady => StepKind.Rename,
                < 103 when !isSteady => StepKind.Return,
                < 250 => StepKind.Direct,
                _ => StepKind.Post,
            },
            choice,
            pause);
    }
}
