namespace Parley.EndToEnd.Tests.Support;

/// <summary>Somebody who chats over a socket and writes down all that is said to them.</summary>
internal sealed class Chatter : IDisposable
{
    private readonly LineSocket _socket;

    private Chatter(LineSocket socket, string title)
    {
        _socket = socket;
        Heard = new Transcript(title);
        _ = ListenAsync();
    }

    /// <summary>The name that the server has given.</summary>
    public string Name { get; private set; } = "";

    public Transcript Heard { get; }

    /// <summary>Comes in on the lines protocol and is in <c>main</c> when this returns, under <paramref name="name"/> if given.</summary>
    public static async Task<Chatter> JoinAsync(int port, string? name = null)
    {
        Chatter chatter = new(await LineSocket.ConnectAsync(port), name ?? "somebody on lines");
        await chatter.GreetAsync();
        if (name is not null)
        {
            await chatter.SayAsync($"/name {name}");
            await chatter.Heard.SkipToAsync($"{chatter.Name} is now {name}");
            chatter.Name = name;
        }

        return chatter;
    }

    /// <summary>A connection that has said and heard nothing yet.</summary>
    public static async Task<Chatter> ConnectAsync(int port, string title) => new(await LineSocket.ConnectAsync(port), title);

    /// <summary>Logs in on the addressed protocol; a message to itself shows that it was let in.</summary>
    public static async Task<Chatter> LogInAsync(int port, string name)
    {
        Chatter chatter = await ConnectAsync(port, name);
        chatter.Name = name;
        await chatter.SayAsync(name);
        await chatter.SayAsync($"{name}: am I in?");
        await chatter.Heard.ExpectAsync($"from {name}: am I in?");
        return chatter;
    }

    /// <summary>Waits for the greeting of the lines protocol.</summary>
    public async Task GreetAsync()
    {
        string youAre = await Heard.SkipToAsync("'You are ...'", line => line.StartsWith("You are ", StringComparison.Ordinal));
        Name = youAre["You are ".Length..];
        await Heard.ExpectAsync("You joined main");
    }

    public Task SayAsync(string line) => _socket.SendLineAsync(line);

    /// <summary>Says something and hears it: a round trip through the server.</summary>
    public async Task SayAndHearAsync(string text)
    {
        await SayAsync(text);
        await Heard.SkipToAsync($"{Name}: {text}");
    }

    public void HalfClose() => _socket.HalfClose();

    public void Reset() => _socket.Reset();

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (await _socket.ReadLineAsync() is { } line)
            {
                Heard.Add(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            Heard.Add($"(connection lost: {e.Message})");
        }

        Heard.End();
    }
}
