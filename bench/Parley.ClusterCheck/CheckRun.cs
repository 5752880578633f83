using System.Diagnostics;
using Parley.ClusterCheck.Faults;
using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Machine;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Reporting;
using Parley.ClusterCheck.Talking;

namespace Parley.ClusterCheck;

/// <summary>A run: clients talk, round by round something goes wrong, and when it is mended all that they saw is judged.</summary>
internal sealed class CheckRun : IAsyncDisposable
{
    private const int ClientsOfNode = 3;
    private const int Page = 100;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan AgreeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Rooms = ["#blue", "#green", "#grey", "#red"];
    private static readonly string[] SharedNames = ["cup", "pot", "tea"];
    private static readonly string[] Names = ["ann", "ben", "cyd", "dan", "eve", "fay", "gus", "hal", "ida"];

    private readonly TestedCluster _cluster;
    private readonly Place _place;
    private readonly List<Chatter> _clients = [];
    private readonly FaultInjector _injector;
    private readonly HashSet<Finding> _known = [];

    /// <summary>A run on a cluster that has just been started.</summary>
    public CheckRun(TestedCluster cluster, int seed)
    {
        _cluster = cluster;
        _place = new Place(new RunClock(), new JournalBook(), new PauseGate(), Rooms, SharedNames, () => [.. cluster.Nodes.Select(node => (node.Name, node.Address))]);
        for (var number = 0; number < ClientsOfNode * cluster.Nodes.Count; number++)
        {
            _clients.Add(new Chatter($"{Names[number % Names.Length]}{(number / Names.Length) + 1}", number, seed, isSteady: number < cluster.Nodes.Count, _place));
        }

        foreach (var client in _clients)
        {
            client.Others = [.. _clients.Where(other => other != client)];
        }

        _injector = new FaultInjector(cluster, _clients);
    }

    /// <summary>All that does not hold so far.</summary>
    public IReadOnlyList<Finding> Findings => [.. _known];

    /// <summary>Runs a round.</summary>
    public async Task<RoundResult> RunAsync(int number, Fault fault, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var from = _place.Clock.Now;
        _place.Gate.Open();
        await Task.Delay(Calm, cancellationToken);
        var where = await _injector.RunAsync(fault, cancellationToken);
        Add(await _cluster.HealAsync(cancellationToken));
        await Task.Delay(Calm, cancellationToken);
        _place.Gate.Close();
        var until = _place.Clock.Now;
        Add(await SettleAsync(number, cancellationToken));
        findings.AddRange(await JudgeAsync(cancellationToken));
        _known.UnionWith(findings);
        return RoundResult.Of(number, fault, where, _place.Journals.All, from, until, findings);

        void Add(Finding? finding)
        {
            if (finding is not null)
            {
                findings.Add(finding);
            }
        }
    }

    /// <summary>All that is known of the run.</summary>
    public async Task<RunRecord> ReadAsync()
        => new(_place.Journals.All, await _cluster.Audit.ReadKeptAsync(), await _cluster.Audit.ReadTermsAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    /// <summary>Waits until clients are where they want to be, and have all answers; then asks each node what it sees.</summary>
    private async Task<Finding?> SettleAsync(int round, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(() => Task.FromResult(_clients.TrueForAll(client => client.IsSettled)), SettleLimit, cancellationToken))
        {
            var late = _clients.Where(client => !client.IsSettled).Select(client => $"{client.Name} ({client.Connection?.Journal.Description ?? "not connected"})");
            return new Finding(FindingKind.NotServed, $"{SettleLimit.TotalSeconds:0} s after round {round} was over these were still waiting: {string.Join(", ", late)}");
        }

        try
        {
            await UntilAsync(() => AgreeAsync(round, isLast: false), AgreeLimit, cancellationToken);
            await AgreeAsync(round, isLast: true);
            foreach (var client in _clients.DistinctBy(client => client.Connection?.Journal.Node, StringComparer.Ordinal))
            {
                foreach (var room in client.Connection is { } connection ? client.Rooms : [])
                {
                    var messages = await client.Connection!.ReadAsync(room, Page).WaitAsync(AgreeLimit, cancellationToken);
                    client.Connection?.Note(new Note.Read(_place.Clock.Now, round, room, messages));
                }
            }

            return null;
        }
        catch (TimeoutException)
        {
            return new Finding(FindingKind.NotServed, $"after round {round} a node did not answer who is in a room, or what was said there, within {AgreeLimit.TotalSeconds:0} s");
        }
    }

    /// <summary>Asks all clients who is in their rooms; true if they agree. The last time it is written down.</summary>
    private async Task<bool> AgreeAsync(int round, bool isLast)
    {
        var lists = await Task.WhenAll(_clients.SelectMany(client => client.Rooms.Select(async room =>
        {
            var names = client.Connection is { } connection ? await connection.ListAsync(room).WaitAsync(AgreeLimit) : [];
            return (Client: client, Room: room, Names: names);
        })));
        foreach (var list in isLast ? lists : [])
        {
            list.Client.Connection?.Note(new Note.Listed(_place.Clock.Now, round, list.Room, list.Names));
        }

        return lists.GroupBy(list => list.Room, StringComparer.Ordinal).All(its => its.Select(list => string.Join(' ', list.Names.Order(StringComparer.Ordinal))).Distinct(StringComparer.Ordinal).Count() == 1);
    }

    /// <summary>Judges all that has happened; what does not hold yet is given a moment, as others may be told a little later.</summary>
    private async Task<IReadOnlyList<Finding>> JudgeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = [];
        await UntilAsync(
            async () =>
            {
                findings = [.. RunJudge.Judge(await ReadAsync()).Where(finding => !_known.Contains(finding))];
                return findings.Count == 0;
            },
            AgreeLimit,
            cancellationToken);
        return findings;
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                return false;
            }

            await Task.Delay(Look, cancellationToken);
        }

        return true;
    }
}
