using Parley.Core.Ports;

namespace Parley.Core.Tokens;

/// <summary>Answers of one process, gone with it.</summary>
public sealed class MemoryAnswerStore : IAnswerStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Token, string Key), RememberedAnswer> _answers = [];
    private readonly Queue<RememberedAnswer> _oldestFirst = new();

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
                // By value: the key may have been used anew since.
                ((ICollection<KeyValuePair<(long, string), RememberedAnswer>>)_answers).Remove(new((oldest.Token, oldest.Key), oldest));
                _oldestFirst.Dequeue();
            }

            _answers[(answer.Token, answer.Key)] = answer;
            _oldestFirst.Enqueue(answer);
        }

        return default;
    }
}
