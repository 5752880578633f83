using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Parley.Server.Hosting;
using Parley.Server.Transport;
using Parley.Server.Upgrade;

namespace Parley.Cli.Serve;

/// <summary>The way on which a server of this process comes to serve: from nothing, in the place of another process, or again, as a newer program has not taken its place.</summary>
internal sealed class ServerStart
{
    private string? _reason;

    /// <summary>True if this process serves in the place of one that systemd has started: its own parent was that one, by which the framework cannot tell.</summary>
    public bool IsServiceByBirth { get; private init; }

    /// <summary>The process whose place is to be taken; null if there is none.</summary>
    public Takeover? Takeover
    {
        get;
        init => (field, IsServiceByBirth) = (value, value is not null && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 });
    }

    private bool IsTaken { get; set; }

    /// <summary>Sockets that were passed to listeners.</summary>
    public required PassedSockets Passed { get; set; }

    /// <summary>The state that another server has left; null if there was none.</summary>
    public ServerState? State { get; set; }

    /// <summary>Has newer programs take the place of this process's server.</summary>
    public ServerUpgrade Upgrade { get; } = new();

    /// <summary>Gives a server what it needs of that.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Passed).AddUpgrade(Upgrade);
        if (State is not null)
        {
            services.AddSingleton(State);
        }

        if (services.Any(service => service.ServiceType == typeof(ISystemdNotifier)) || IsServiceByBirth)
        {
            services.AddSingleton<ISystemdNotifier>(new ServiceNotifier(new SystemdNotifier(), isUp: State is not null, () => Upgrade.Due.IsCompleted));
        }
    }

    /// <summary>The server does not start: says why, to the process whose place it was to take, and gives the exit code. A process with connections of others ends here.</summary>
    public async Task<int> FailAsync(int exitCode, IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        if (Takeover is { } takeover && !IsTaken)
        {
            await takeover.FailAsync(string.Join("; ", errors));
        }

        if (_reason is not null)
        {
            await Upgrade.FailedAsync($"{_reason}, and this one does not start again: {string.Join("; ", errors)}", goesOn: false);
        }

        if (State is not null)
        {
            // In no order: whoever else has the connections is to have them as they are.
            Environment.Exit(exitCode);
        }

        return exitCode;
    }

    /// <summary>The server has started: waits until it is the one that is to serve, and has it serve.</summary>
    public async Task StartedAsync(ParleyServer server)
    {
        if (Takeover is { } takeover && !IsTaken)
        {
            await takeover.TakeAsync();
            IsTaken = true;
        }

        server.Open();
        Passed.CloseUnused();
    }

    /// <summary>The newer program has not taken a state, for a reason: this process goes on with it.</summary>
    public void GoOn(ServerState state, string reason)
    {
        (State, Passed, _reason) = (state, state.Sockets, reason);
    }

    /// <summary>Tells whoever asked for an upgrade that there was none, if it is so.</summary>
    public async Task AnswerAsync()
    {
        if (_reason is { } reason)
        {
            _reason = null;
            await Upgrade.FailedAsync(reason);
        }
    }
}
