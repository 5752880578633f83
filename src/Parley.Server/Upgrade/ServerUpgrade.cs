using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Parley.Server.Admin;

namespace Parley.Server.Upgrade;

/// <summary>
/// The running server's side of an upgrade: a newer program is started, looks at settings and files, and says that it is ready; then this
/// server stops without a goodbye, and hands over what it knows. Whatever goes wrong before the new program has taken it, this one goes on with it.
/// </summary>
public sealed class ServerUpgrade : IServerUpgrade
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private int _isUnderWay;
    private NewProgram? _program;
    private TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<AdminAnswer> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<HandedListener> _listeners = [];
    private long _stopped;

    /// <summary>Completes when a newer program is ready: this server is to be handed over then.</summary>
    public Task Due => _due.Task;

    /// <summary>The server that runs; set when it has started.</summary>
    internal IUpgradable? Server { get; set; }

    async Task<AdminAnswer> IServerUpgrade.RunAsync(string? program)
    {
        if (Server is not { } server || Interlocked.Exchange(ref _isUnderWay, 1) == 1)
        {
            return AdminAnswer.Fail("Another upgrade is under way, or the server is just starting");
        }

        if (server.RefusesUpgrade is { } refusal)
        {
            _isUnderWay = 0;
            return AdminAnswer.Fail(refusal);
        }

        NewProgram? started = null;
        using var limit = new CancellationTokenSource(server.UpgradeTimeout, TimeProvider.System);
        try
        {
            _listeners = server.FindListeners();
            started = await NewProgram.StartAsync(program, limit.Token);
            await SendListenersAsync(started, limit.Token);
            await started.ExpectAsync(UpgradeMessages.Ready, limit.Token);
        }
        catch (Exception e) when (e is UpgradeException or OperationCanceledException or IOException or SocketException)
        {
            started?.End();
            var reason = Reason(e, server.UpgradeTimeout, "ready");
            await server.RecordFailureAsync(reason);
            _isUnderWay = 0;
            return AdminAnswer.Fail($"{reason}. This server goes on as it was");
        }

        _program = started;
        _due.SetResult();
        return await _outcome.Task with { WhenSent = _answered.SetResult };
    }

    /// <summary>Takes the server's state: it stops, and nobody is told. Comes behind <see cref="Due"/>.</summary>
    /// <exception cref="Exception">It cannot be stopped in order: the newer program is ended, whoever has asked for the upgrade is told, and this process is to end.</exception>
    internal async Task<ServerState> StopAsync(IUpgradable server)
    {
        _stopped = Stopwatch.GetTimestamp();
        try
        {
            return await server.HandOverAsync(_listeners);
        }
        catch (Exception e)
        {
            var program = _program!;
            program.End();
            await program.EndedAsync();
            await FailedAsync($"This server could not be stopped in order, and ends: {e.Message}", goesOn: false);
            throw;
        }
    }

    /// <summary>Hands the state of a server that has stopped, and let go of its stores, to the newer program.</summary>
    /// <param name="state">The state.</param>
    /// <param name="timeout">Time that the program may take.</param>
    /// <returns>Null: it has taken it, and this process is to end. Else why not: then it has ended, and this one is to go on with the state.</returns>
    public async Task<string?> HandOverAsync(ServerState state, TimeSpan timeout)
    {
        var program = _program!;
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        try
        {
            await SendStateAsync(program, state, limit.Token);
            await program.ExpectAsync(UpgradeMessages.Taken, limit.Token);
        }
        catch (Exception e) when (e is UpgradeException or OperationCanceledException)
        {
            program.End();
            await program.EndedAsync();
            return Reason(e, timeout, "in this one's place");
        }

        // From here on the new program owns every connection, whatever becomes of either.
        try
        {
            await program.SendAsync(channel => channel.SendAsync(UpgradeMessages.Go, ReadOnlyMemory<byte>.Empty, -1, CancellationToken.None));
        }
        catch (UpgradeException e)
        {
            program.End();
            await program.EndedAsync();
            return e.Message;
        }

        await SystemdNotice.MainIsAsync(program.Id);
        var time = (long)Stopwatch.GetElapsedTime(_stopped).TotalMilliseconds;
        await AnswerAsync(new AdminAnswer { Upgrade = new AdminUpgrade(program.Version, program.Id, state.Kept, time, NewProgram.Variables) });
        program.Dispose();
        return null;
    }

    /// <summary>The newer program has not taken the server's place, which goes on.</summary>
    /// <param name="reason">Why not.</param>
    /// <param name="goesOn">Whether the server goes on, and records it. One that ends says so itself.</param>
    public async Task FailedAsync(string reason, bool goesOn = true)
    {
        _program = null;
        _due = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (goesOn && Server is { } server)
        {
            await server.RecordFailureAsync(reason);
        }

        await AnswerAsync(AdminAnswer.Fail(goesOn ? $"{reason}. This server goes on as it was" : reason));
        _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isUnderWay = 0;
    }

    private static string Reason(Exception e, TimeSpan timeout, string what)
        => e is not OperationCanceledException ? e.Message : string.Create(CultureInfo.InvariantCulture, $"The new program was not {what} within {timeout.TotalSeconds:0.###} s (--upgrade-timeout), and was ended");

    private async Task AnswerAsync(AdminAnswer answer)
    {
        _outcome.SetResult(answer);
        await _answered.Task.WaitAsync(AnswerTime, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task SendListenersAsync(NewProgram program, CancellationToken cancellationToken) => program.SendAsync(async channel =>
    {
        foreach (var listener in _listeners)
        {
            await channel.SendAsync(UpgradeMessages.Listener, listener, UpgradeJson.Default.HandedListener, (int)listener.Socket!.Handle, cancellationToken);
        }

        await channel.SendAsync(UpgradeMessages.Listened, ReadOnlyMemory<byte>.Empty, -1, cancellationToken);
    });

    private static Task SendStateAsync(NewProgram program, ServerState state, CancellationToken cancellationToken) => program.SendAsync(async channel =>
    {
        await channel.SendAsync(UpgradeMessages.Broker, state.Broker, -1, cancellationToken);
        foreach (var (connection, descriptor) in state.Connections)
        {
            await channel.SendAsync(UpgradeMessages.Connection, connection, UpgradeJson.Default.HandedConnection, descriptor, cancellationToken);
        }

        foreach (var poster in state.Posters)
        {
            await channel.SendAsync(UpgradeMessages.Poster, poster, UpgradeJson.Default.HandedPoster, -1, cancellationToken);
        }

        foreach (var ended in state.Ended)
        {
            await channel.SendAsync(UpgradeMessages.Ended, ended, UpgradeJson.Default.EndedSession, -1, cancellationToken);
        }

        await channel.SendAsync(UpgradeMessages.Handed, ReadOnlyMemory<byte>.Empty, -1, cancellationToken);
    });
}
