using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parley.TestKit;

namespace Parley.Browser.Tests.Support;

/// <summary>InspIRCd, a server that is not ours: IRC over TCP, and over WebSocket for pages of one origin.</summary>
internal sealed class InspIrcd : IAsyncDisposable
{
    private const int MaxTries = 3;
    private static readonly string[] Places = ["/usr/sbin/inspircd", "/usr/bin/inspircd", "/usr/local/sbin/inspircd"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-inspircd-");
    private readonly string _program;
    private Process? _process;

    private InspIrcd(string program) => _program = program;

    /// <summary>Where IRC over TCP is.</summary>
    public IPEndPoint Irc { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Where IRC over WebSocket is.</summary>
    public Uri WebSocket { get; private set; } = new("ws://127.0.0.1/");

    /// <summary>Starts it, and waits until it listens; where it is not installed the test is skipped, and says so.</summary>
    /// <param name="origin">The origin whose pages may connect.</param>
    /// <param name="modules">Modules besides those that WebSockets need.</param>
    public static async Task<InspIrcd> StartAsync(string origin, params string[] modules)
    {
        var program = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "inspircd is not installed");
        var server = new InspIrcd(program!);
        for (var tries = 1; ; tries++)
        {
            // The ports are free now; somebody may be faster to take them.
            var (irc, webSocket) = (FreePort(), FreePort());
            server.Irc = new(IPAddress.Loopback, irc);
            server.WebSocket = new Uri($"ws://127.0.0.1:{webSocket}/");
            await server.ConfigureAsync(origin, modules);
            if (await server.ListensAsync())
            {
                return server;
            }

            Assert.True(tries < MaxTries, $"inspircd does not start: {await server._process!.StandardOutput.ReadToEndAsync(CancellationToken.None)}");
        }
    }

    /// <summary>A user of a plain client, registered and in that room.</summary>
    public async Task<ScriptedClient> EnterAsync(string nick, string room)
    {
        var client = await ScriptedClient.ConnectAsync(Irc, nick);
        await client.SendLinesAsync($"NICK {nick}", $"USER {nick} 0 * :{nick}");
        while (await client.ReadLineAsync() is { } line && !line.Contains(" 001 ", StringComparison.Ordinal))
        {
            if (line.StartsWith("PING ", StringComparison.Ordinal))
            {
                await client.SendLineAsync("PONG" + line["PING".Length..]);
            }
        }

        await client.SendLineAsync($"JOIN {room}");
        await client.ReadUntilContainsAsync(" 366 ");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task ConfigureAsync(string origin, string[] modules) => File.WriteAllTextAsync(
        Path.Combine(_folder.FullName, "inspircd.conf"),
        $"""
         <server name="irc.example.test" description="another server" network="Example">
         <admin name="a" nick="a" email="a@example.test">
         <bind address="127.0.0.1" port="{Irc.Port}" type="clients">
         <bind address="127.0.0.1" port="{WebSocket.Port}" type="clients" hook="websocket">
         <connect allow="*" localmax="100" globalmax="100" timeout="60" pingfreq="120" commandrate="100000" useident="no" resolvehostnames="no">
         <options defaultmodes="not">
         <pid file="{_folder.FullName}/inspircd.pid">
         <path datadir="{_folder.FullName}" logdir="{_folder.FullName}" runtimedir="{_folder.FullName}">
         <wsorigin allow="{origin}">
         <websocket defaultmode="reject">
         {string.Join('\n', ((string[])["sha1", "websocket", .. modules]).Select(module => $"<module name=\"{module}\">"))}
         """);

    private async Task<bool> ListensAsync()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(_program, ["--runasroot", "--nofork", "--nolog", "--config", Path.Combine(_folder.FullName, "inspircd.conf")])
        {
            RedirectStandardOutput = true,
        });
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < Safety.Timeout && !_process!.HasExited;)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, WebSocket.Port));
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        return false;
    }
}
