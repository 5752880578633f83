using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Parley.Server.Admin;
using Parley.Server.Upgrade;
using Parley.TestKit;

namespace Parley.Server.Tests.Upgrade;

/// <summary>A server that cannot be stopped in order hands nothing over: whoever has asked for the upgrade is told, and nothing is left of the newer program.</summary>
public sealed class StopFailureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-upgrade-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Whoever_asks_is_told_and_the_newer_program_ends()
    {
        var (program, said) = (Path.Combine(_folder.FullName, "program"), Path.Combine(_folder.FullName, "said"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ ${Takeover.Variable} > '{said}.part'; mv '{said}.part' '{said}'; exec sleep 600\n", Token);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var upgrade = new ServerUpgrade { Server = new Unstoppable() };

        var asking = ((IServerUpgrade)upgrade).RunAsync(program);
        var words = (await SaidAsync(said).WithinSafetyAsync()).Split();
        using var process = Process.GetProcessById(int.Parse(words[0], CultureInfo.InvariantCulture));
        using var channel = await BeReadyAsync(words[1]);
        await upgrade.Due.WithinSafetyAsync();
        var stopping = upgrade.StopAsync(upgrade.Server);

        var answer = await asking.WithinSafetyAsync();
        Assert.Equal("This server could not be stopped in order, and ends: The disk is gone", answer.Error);
        answer.WhenSent?.Invoke();
        Assert.Equal("The disk is gone", (await Assert.ThrowsAsync<IOException>(() => stopping.WithinSafetyAsync())).Message);
        await process.WaitForExitAsync(Token).WithinSafetyAsync();
        Assert.Null(await channel.ReceiveAsync(Token).WithinSafetyAsync());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a program has said in a file, once it is there.</summary>
    private static async Task<string> SaidAsync(string file)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => written.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(file))
        {
            await written.Task;
        }

        return await File.ReadAllTextAsync(file, Token);
    }

    /// <summary>Says in the newer program's place that it is ready.</summary>
    private static async Task<StateChannel> BeReadyAsync(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint('\0' + name), Token);
        var channel = new StateChannel(socket);
        await channel.SendAsync(UpgradeMessages.Hello, new UpgradeHello(UpgradeMessages.Format, "2.0"), UpgradeJson.Default.UpgradeHello, -1, Token);
        Assert.Equal(UpgradeMessages.Listened, (await channel.ReceiveAsync(Token).WithinSafetyAsync())?.Kind);
        await channel.SendAsync(UpgradeMessages.Ready, ReadOnlyMemory<byte>.Empty, -1, Token);
        return channel;
    }

    private sealed class Unstoppable : IUpgradable
    {
        public TimeSpan UpgradeTimeout => TimeSpan.FromMinutes(1);

        public string? RefusesUpgrade => null;

        public IReadOnlyList<HandedListener> FindListeners() => [];

        public Task RecordFailureAsync(string reason) => Task.CompletedTask;

        public Task<ServerState> HandOverAsync(IReadOnlyList<HandedListener> listeners) => throw new IOException("The disk is gone");
    }
}
