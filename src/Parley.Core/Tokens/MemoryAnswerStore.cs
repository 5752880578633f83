namespace Parley.Core.Tokens;

/// <summary>Answers of one process, gone with it.</summary>
public sealed class MemoryAnswerStore : IAnswerStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Token, string Key), RememberedAnswer> _answers = [];
    private readonly Queue<(long Token, string Key, DateTimeOffset Time)> _oldestFirst = new();

    /// <inheritdoc/>
    public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_answers.TryGetValue((token, key), out var answer) && answer.Time > now - RememberedAnswer.Lifetime ? answer : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            while (_oldestFirst.TryPeek(out var oldest)
                && (_oldestFirst.Count >= RememberedAnswer.MaxCount || oldest.Time <= answer.Time - RememberedAnswer.Lifetime))
            {
                _oldestFirst.Dequeue();
                if (IsOf(oldest.Token, oldest.Key, oldest.Time))
                {
                    _answers.Remove((oldest.Token, oldest.Key));
                }
            }

            if (!IsOf(answer.Token, answer.Key, answer.Time))
            {
                _oldestFirst.Enqueue((answer.Token, answer.Key, answer.Time));
            }

            _answers[(answer.Token, answer.Key)] = answer;
        }

        return default;
    }

    /// <summary>True if what is under a key is of that time: it may have been used anew since.</summary>
    private bool IsOf(long token, string key, DateTimeOffset time) => _answers.TryGetValue((token, key), out var answer) && answer.Time == time;
}
