using Npgsql;
using Parley.Core.Accounts;

namespace Parley.Storage.PostgreSql.Engine;

/// <summary>
/// Hears what changes in a database, by LISTEN on a connection of its own. When that was lost, whatever may have been missed counts as changed.
/// </summary>
/// <remarks>A message is the name of a table, or <c>proof</c>; the triggers of the schema send one with each transaction that changes it.</remarks>
internal sealed class ChangeListener : IStoreChanges, IAsyncDisposable
{
    /// <summary>Time after which a lost connection is made anew.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, StorePart> Parts = new(StringComparer.Ordinal)
    {
        ["account"] = StorePart.Accounts,
        ["device"] = StorePart.Devices,
        ["proof"] = StorePart.Proofs,
        ["ban"] = StorePart.Bans,
        ["push_subscription"] = StorePart.PushSubscriptions,
        ["hook"] = StorePart.Hooks,
    };

    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<Subscription> _watches = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task? _listening;

    /// <param name="connectionString">How to connect.</param>
    /// <param name="time">The clock, for the time between attempts.</param>
    public ChangeListener(string connectionString, TimeProvider time)
    {
        // No pool's: it waits for as long as the server lives. The question whether the other side is there finds a cable that was pulled.
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString;
        _time = time;
    }

    /// <inheritdoc/>
    public IDisposable Watch(StorePart part, Action whenChanged)
    {
        var subscription = new Subscription(this, part, whenChanged);
        lock (_gate)
        {
            _watches.Add(subscription);

            // Nobody listens for whoever watches nothing, such as a command of an operator.
            _listening ??= Task.Run(ListenAgainAndAgainAsync);
        }

        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_listening is { } listening)
        {
            await listening;
        }

        _stopping.Dispose();
    }

    private async Task ListenAgainAndAgainAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (Exception e) when (PostgreSqlFailure.Is(e))
            {
                // Whoever asks the database is told that it is away.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(RetryInterval, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, change) =>
        {
            if (Parts.TryGetValue(change.Payload, out var part))
            {
                Tell(part);
            }
        };
        await connection.OpenAsync(_stopping.Token);
        await using (var listen = new NpgsqlCommand("LISTEN parley", connection))
        {
            await listen.ExecuteNonQueryAsync(_stopping.Token);
        }

        // From here on nothing is missed. What happened before may have been.
        foreach (var part in Parts.Values)
        {
            Tell(part);
        }

        while (true)
        {
            await connection.WaitAsync(_stopping.Token);
        }
    }

    private void Tell(StorePart part)
    {
        Subscription[] watches;
        lock (_gate)
        {
            watches = [.. _watches.Where(watch => watch.Part == part)];
        }

        foreach (var watch in watches)
        {
            watch.WhenChanged();
        }
    }

    private sealed class Subscription(ChangeListener owner, StorePart part, Action whenChanged) : IDisposable
    {
        public StorePart Part => part;

        public Action WhenChanged => whenChanged;

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._watches.Remove(this);
            }
        }
    }
}
