using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Cli.Chat.Screen.Terminal;
using Parley.Cli.Terminal;
using Parley.Client;

namespace Parley.Cli.Chat.Screen;

/// <summary><c>parley chat</c> on a terminal: connects, takes the terminal over, and gives it back whatever happens.</summary>
internal static class ScreenClient
{
    // What is still on its way to the server is worth a moment, when the terminal is the shell's again already.
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Chats until one side has had enough; the result is the exit code.</summary>
    /// <param name="options">Which server, and under which name.</param>
    /// <param name="notices">Where is told why there is no chat.</param>
    /// <param name="hasColour">Whether the screen may be coloured.</param>
    /// <param name="ended">Completes with the exit code once the system wants the program gone.</param>
    public static async Task<int> RunAsync(ChatOptions options, TextWriter notices, bool hasColour, Task<int> ended)
    {
        using var leave = new CancellationTokenSource();
        Task<int> chat = ChatAsync(options, notices, hasColour, leave.Token);
        if (await Task.WhenAny(chat, ended).ConfigureAwait(false) == ended)
        {
            await leave.CancelAsync().ConfigureAwait(false);
            // Not longer than it takes to leave: the chat may be stuck in a write to a terminal that takes nothing.
            await Task.WhenAny(chat, Task.Delay(LeaveTimeout, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
            return await ended.ConfigureAwait(false);
        }

        return await chat.ConfigureAwait(false);
    }

    private static async Task<int> ChatAsync(ChatOptions options, TextWriter notices, bool hasColour, CancellationToken cancellationToken)
    {
        ParleyClient client;
        try
        {
            client = await ParleyClient
                .ConnectAsync(options.Address.Host, options.Address.Port, new ParleyClientOptions { Name = options.Login, Password = options.Password, ManyRooms = true, Others = [.. options.Others.Select(other => other.EndPoint)], Connection = new ClientOptions { Tls = options.Tls } }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or AuthenticationException or IOException)
        {
            notices.WriteLine(ConnectFailure.Describe(e, options));
            return ExitCode.Failed;
        }

        await using (client.ConfigureAwait(false))
        {
            ITerminalMode mode = OperatingSystem.IsWindows() ? new WindowsTerminalMode() : new UnixTerminalMode();
            using var actions = new ScreenActions(client, TimeProvider.System);
            ScreenSession session;
            try
            {
                using var screen = new FullScreen(mode, StandardStreams.OpenOutput());
                session = new ScreenSession(client, screen, mode, actions, hasColour, TimeProvider.System);
                // Only now: a key that is read before the terminal is raw would be read as part of a line.
                await session.RunAsync(StandardInputReader.Start(StandardStreams.OpenInput()), options.Transcript, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (IOException e)
            {
                notices.WriteLine($"Cannot use the terminal: {e.Message}");
                return ExitCode.Failed;
            }

            await LeaveAsync(client, session, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }
    }

    private static async Task LeaveAsync(ParleyClient client, ScreenSession session, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(LeaveTimeout);
        try
        {
            await session.SentAsync(timeout.Token).ConfigureAwait(false);
            await client.LeaveAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A server that does not let its users go is left all the same.
        }
    }
}
