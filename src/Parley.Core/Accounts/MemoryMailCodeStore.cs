using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Codes that are gone when the process ends.</summary>
public sealed class MemoryMailCodeStore : IMailCodeStore
{
    private readonly Lock _gate = new();
    private readonly List<MailCode> _codes = [];

    /// <inheritdoc/>
    public ValueTask<MailCode> AddAsync(MailCode code, DateTimeOffset now, int most, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _codes.RemoveAll(other => other.Expires <= now || (!code.Account.IsEmpty && other.Account == code.Account && other.Kind == code.Kind));
            for (var i = 0; i < _codes.Count; i++)
            {
                if (code.Account.IsEmpty && _codes[i].Account.IsEmpty && _codes[i].Kind == code.Kind && _codes[i].Name == code.Name)
                {
                    (code, _codes[i]) = (code.WithoutPassword(), _codes[i].WithoutPassword());
                }
            }

            _codes.Add(code);
            _codes.RemoveRange(0, Math.Max(0, _codes.Count - most));
        }

        return ValueTask.FromResult(code);
    }

    /// <inheritdoc/>
    public ValueTask<MailCode?> TakeAsync(string hash, MailCodeKind kind, UserName name, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var index = _codes.FindIndex(code => code.Hash == hash && code.Kind == kind && code.Name == name && code.Expires > now);
            if (index < 0)
            {
                return ValueTask.FromResult<MailCode?>(null);
            }

            var taken = _codes[index];
            _codes.RemoveAt(index);
            return ValueTask.FromResult<MailCode?>(taken);
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _codes.RemoveAll(code => code.Account == account);
        }

        return default;
    }
}
