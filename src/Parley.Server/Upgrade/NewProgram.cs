using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Server.Options;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Upgrade;

/// <summary>The newer program that is to take this server's place: its process, and the channel to it.</summary>
internal sealed class NewProgram : IDisposable
{
    private const string Deleted = " (deleted)";

    private readonly Process _process;
    private readonly Task _ended;

    // What it sends is asked for once: whoever gives up waiting leaves the question to the next one.
    private Task<(string Kind, byte[] Body, int Descriptor)?>? _next;

    private NewProgram(Process process)
    {
        _process = process;
        _ended = process.WaitForExitAsync();
    }

    /// <summary>The process that serves; the one that was started, or one that this has started.</summary>
    public int Id { get; private set; }

    /// <summary>Its version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Names of the variables that give settings, which it has as this process has: nobody but whoever starts a service knows what they are by now.</summary>
    public static IReadOnlyList<string> Variables
        => [.. from setting in Setting.All where Environment.GetEnvironmentVariable(setting.EnvironmentVariable) is not null select setting.EnvironmentVariable];

    private StateChannel? Channel { get; set; }

    /// <summary>Starts it with this process's arguments and environment, and meets it.</summary>
    /// <param name="program">The program; null for the file that this process was started from, as it is by now.</param>
    /// <param name="cancellationToken">Gives up: then it is ended.</param>
    /// <exception cref="UpgradeException">It cannot be started, ends, or reads another format of state.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public static async Task<NewProgram> StartAsync(string? program, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var name = $"parley-{Guid.NewGuid():N}";
        listener.Bind(new UnixDomainSocketEndPoint('\0' + name));
        listener.Listen(1);
        var started = Start(program, name);
        try
        {
            await started.MeetAsync(listener, cancellationToken);
            return started;
        }
        catch
        {
            started.End();
            throw;
        }
    }

    /// <summary>Sends it something.</summary>
    /// <exception cref="UpgradeException">It is gone.</exception>
    public async Task SendAsync(Func<StateChannel, Task> send)
    {
        try
        {
            await send(Channel!);
        }
        catch (IOException)
        {
            throw await GoneAsync();
        }
    }

    /// <summary>Waits for a word of it.</summary>
    /// <exception cref="UpgradeException">It says something else, or ends.</exception>
    public async Task ExpectAsync(string kind, CancellationToken cancellationToken)
    {
        var message = await ReceiveAsync(cancellationToken);
        if (message.Kind != kind)
        {
            throw new UpgradeException(message.Kind == UpgradeMessages.Failed ? Encoding.UTF8.GetString(message.Body) : $"The new program says '{message.Kind}' in place of '{kind}'");
        }
    }

    /// <summary>Ends it, with what it has started: it takes nobody's place.</summary>
    public void End()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended by itself.
        }

        Dispose();
    }

    /// <summary>Completes when it has ended, or is known to be unable to go on.</summary>
    public Task EndedAsync() => _ended;

    public void Dispose() => Channel?.Dispose();

    private static NewProgram Start(string? program, string channel)
    {
        var own = Environment.ProcessPath ?? "";
        var arguments = Environment.GetCommandLineArgs();
        if (own.EndsWith(Deleted, StringComparison.Ordinal))
        {
            // A package has put another file in its place.
            own = own[..^Deleted.Length];
        }

        // Under "dotnet parley.dll" the program is the library.
        var isHosted = program is null && Path.GetFileNameWithoutExtension(own) == "dotnet";
        var start = new ProcessStartInfo(program ?? own, isHosted ? arguments : arguments[1..]) { UseShellExecute = false };
        start.Environment[Takeover.Variable] = channel;
        try
        {
            return new NewProgram(Process.Start(start) ?? throw new UpgradeException($"{start.FileName} cannot be started"));
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new UpgradeException($"{start.FileName} cannot be started: {e.Message}");
        }
    }

    private async Task MeetAsync(Socket listener, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(listener, end.Token);
        if (await Task.WhenAny(accepting, _ended) == _ended && !accepting.IsCompleted)
        {
            await end.CancelAsync();
            throw await GoneAsync();
        }

        var socket = await accepting;
        Channel = new StateChannel(socket);
        Id = DescriptorCalls.Peer(socket).Process;
        var message = await ReceiveAsync(cancellationToken);
        var hello = message.Kind == UpgradeMessages.Hello ? JsonSerializer.Deserialize(message.Body, UpgradeJson.Default.UpgradeHello) : null;
        if (hello is not { Format: UpgradeMessages.Format })
        {
            throw new UpgradeException($"The new program, version {hello?.Version ?? "unknown"}, does not read what this one hands over: stop the server, and start the new one");
        }

        Version = hello.Version;
    }

    /// <summary>Its connection. The name of the socket is known to it alone, and to whoever may look into this user's processes; others that guess it are not let in.</summary>
    private static async Task<Socket> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync(cancellationToken);
            if (DescriptorCalls.Peer(socket).User == DescriptorCalls.User())
            {
                return socket;
            }

            socket.Dispose();
        }
    }

    private async Task<(string Kind, byte[] Body, int Descriptor)> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _next ??= Channel!.ReceiveAsync(CancellationToken.None);
            if (await _next.WaitAsync(cancellationToken) is { } message)
            {
                _next = null;
                return message;
            }
        }
        catch (IOException e)
        {
            throw new UpgradeException($"The new program cannot be understood: {e.Message}");
        }

        throw await GoneAsync();
    }

    private async Task<UpgradeException> GoneAsync()
    {
        // Its channel ends a moment before it does.
        await _ended.WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new(_process.HasExited ? $"The new program has ended with exit code {_process.ExitCode}: its last words are in the server's log" : "The new program has gone away");
    }
}
