using System.IO.Pipelines;
using System.Text;
using Parley.Cli.Chat;

namespace Parley.Cli.Tests.Chat;

/// <summary>A chat session with the test at its keyboard and in front of its screen.</summary>
internal sealed class InProcessChat : IDisposable
{
    private readonly Pipe _keyboard = new();
    private readonly Pipe _screen = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StringWriter _notices = new();
    private readonly TaskCompletionSource<int> _ended = new();
    private readonly StreamReader _shown;

    public InProcessChat(ScriptedServer server, bool addressed = false, string? login = null, bool colour = false, Stream? screen = null, string? password = null, ITerminalEcho? echo = null)
        : this(new ServerAddress("127.0.0.1", server.Port), addressed, login, colour, screen, password, echo)
    {
    }

    public InProcessChat(ServerAddress address, bool addressed = false, string? login = null, bool colour = false, Stream? screen = null, string? password = null, ITerminalEcho? echo = null)
    {
        _shown = new StreamReader(_screen.Reader.AsStream(), Encoding.UTF8);
        var terminal = new ChatTerminal(_keyboard.Reader, screen ?? _screen.Writer.AsStream(), _notices, _ended.Task)
        {
            HasColour = colour,
            Echo = echo,
        };
        ExitCode = new ChatSession(new ChatOptions(address, addressed, login) { Password = password }, terminal).RunAsync();
    }

    public Task<int> ExitCode { get; }

    /// <summary>What was told apart from the server's lines.</summary>
    public string Notices => _notices.ToString();

    public Task TypeAsync(string text) => TypeAsync(Encoding.UTF8.GetBytes(text));

    public async Task TypeAsync(byte[] bytes) => await _keyboard.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public void EndInput() => _keyboard.Writer.Complete();

    public void End(int exitCode) => _ended.SetResult(exitCode);

    /// <summary>The screen's next line.</summary>
    public Task<string?> SeeAsync() => _shown.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>What the screen showed and the test has not seen yet, once the chat is over.</summary>
    public async Task<string> SeeRestAsync()
    {
        await ExitCode;
        await _screen.Writer.CompleteAsync();
        return await _shown.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _shown.Dispose();
        _notices.Dispose();
    }
}
