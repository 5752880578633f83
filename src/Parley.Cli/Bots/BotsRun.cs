using Parley.Cli.Load;

namespace Parley.Cli.Bots;

/// <summary>All the bots, from when they are in their rooms until they have left.</summary>
internal sealed class BotsRun
{
    private const int EnteringAtOnce = 32;

    private readonly BotsOptions _options;
    private readonly LoadClient[] _clients;
    private readonly TimeProvider _time;
    private readonly long _started;

    private BotsRun(BotsOptions options, LoadClient[] clients, TimeProvider time)
    {
        _options = options;
        _clients = clients;
        _time = time;
        _started = time.GetTimestamp();
        Groups = Group(options.Groups, clients);
    }

    public IReadOnlyList<BotGroup> Groups { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Why connections ended that should not have.</summary>
    public IEnumerable<string> Failures => Bots.Select(bot => bot.Failure).OfType<string>();

    private IEnumerable<Bot> Bots => Groups.SelectMany(group => group.Bots);

    /// <summary>Brings all bots into their rooms. None talks before all are there, so that all hear all.</summary>
    /// <exception cref="AdmissionException">One did not get in.</exception>
    public static async Task<BotsRun> EnterAsync(BotsOptions options, Action entered, TimeProvider time, CancellationToken stop)
    {
        string[] rooms = [.. options.Groups.SelectMany(group => Enumerable.Repeat(group.Room, group.Bots))];
        return new BotsRun(
            options, await LoadClient.EnterAllAsync(options.Server, rooms, EnteringAtOnce, entered, time, stop).ConfigureAwait(false), time);
    }

    /// <summary>Lets them talk until all is said, the time is up, or <paramref name="stop"/> is asked for; then waits for what is under way.</summary>
    public async Task TalkAsync(CancellationToken stop)
    {
        using var leave = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        using CancellationTokenSource stopTalking = StopTalking(stop);
        Task listening = Task.WhenAll(Groups.SelectMany(group => group.Bots.Select(bot => bot.ListenAsync(group.Room, leave.Token))));
        var talking = Groups.ToDictionary(
            group => group, group => Task.WhenAll(group.Bots.Select(bot => bot.TalkAsync(_time, stopTalking.Token, giveUp.Token))));

        // Those that have an end decide; the others keep them company.
        BotGroup[] limited = [.. Groups.Where(group => group.Options.Lines > 0)];
        Task allSaid = Task.WhenAll(limited.Length > 0 ? limited.Select(group => talking[group]) : talking.Values);
        await Task.WhenAny(allSaid, listening).ConfigureAwait(false);
        await stopTalking.CancelAsync().ConfigureAwait(false);

        giveUp.CancelAfter(_options.Drain.Value);
        await Task.WhenAll(talking.Values).ConfigureAwait(false);
        await DrainWait.WaitAsync(() => Groups.Sum(group => group.Count().Missing), _options.Drain.Value, _time).ConfigureAwait(false);
        await leave.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        await LoadClient.CloseAllAsync(_clients).ConfigureAwait(false);
    }

    private static List<BotGroup> Group(IReadOnlyList<BotGroupOptions> options, LoadClient[] clients)
    {
        var bots = new List<(BotGroupOptions Group, Bot Bot)>(clients.Length);
        foreach (BotGroupOptions group in options)
        {
            PhraseBook book = PhraseBook.Open(group.Book);
            bots.AddRange(Enumerable.Range(bots.Count, group.Bots).Select(i => (group, new Bot(clients[i], group, book, seed: i))));
        }

        // Groups may share a room, and then hear each other.
        Dictionary<string, BotRoom> rooms = bots
            .GroupBy(entry => entry.Group.Room, entry => entry.Bot, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(room => room.Key, room => new BotRoom([.. room]), StringComparer.OrdinalIgnoreCase);
        return [.. options.Select(group => new BotGroup(
            group, [.. bots.Where(entry => entry.Group == group).Select(entry => entry.Bot)], rooms[group.Room]))];
    }

    private CancellationTokenSource StopTalking(CancellationToken stop)
    {
        var stopTalking = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (_options.Duration.Value > TimeSpan.Zero)
        {
            stopTalking.CancelAfter(_options.Duration.Value);
        }

        return stopTalking;
    }
}
