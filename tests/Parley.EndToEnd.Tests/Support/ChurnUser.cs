using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>One user of a churn: comes, does things by chance, waits for the answer to each, goes by chance, comes again.</summary>
internal sealed class ChurnUser(int number, int seed, int port, ChurnRecord record, Func<bool> goesOn)
{
    private static readonly string[] Rooms = ["main", "rust", "Tea", "quiet-corner", "x1"];

    /// <summary>Fewer than users, so that they contend for them.</summary>
    private const int WantedNames = 40;

    private const int SendersPerConnection = 1000;

    private readonly Random _random = new(unchecked((seed * 397) ^ number));
    private LineSocket _socket = null!;
    private string _name = "";
    private string _room = "";
    private long? _lastHeard;
    private int _said;
    private int _connection;
    private readonly Dictionary<int, int> _heardOf = [];

    public Exception? Problem { get; private set; }

    public async Task RunAsync()
    {
        try
        {
            while (goesOn())
            {
                using (_socket = await LineSocket.ConnectAsync(port))
                {
                    await ComeAsync();
                    for (int actions = _random.Next(1, 40); actions > 0 && goesOn(); actions--)
                    {
                        await ActAsync();
                    }

                    await GoAsync();
                }
            }
        }
        catch (Exception e)
        {
            Problem = e;
            throw;
        }
    }

    public override string ToString() => $"user {number}, {_name} in {_room}, said {_said}: {Problem?.Message ?? "goes on"}\n{_socket}";

    private async Task ComeAsync()
    {
        (_name, _room, _lastHeard, _said) = ("", "", null, 0);
        _connection++;
        _heardOf.Clear();
        await ReadToAsync("You joined main");
        ChurnRecord.Check(_name.Length > 0, "no 'You are' before 'You joined'");
        record.Connected(_name);
    }

    private async Task ActAsync()
    {
        switch (_random.Next(10))
        {
            case < 6:
                string text = NextText();
                await _socket.SendLineAsync(text);
                await ReadToAsync($"{_name}: {text}");
                break;
            case 6:
                await RenameAsync();
                break;
            case 7:
                string room = Rooms[_random.Next(Rooms.Length)];
                bool isThere = room.Equals(_room, StringComparison.OrdinalIgnoreCase);
                await _socket.SendLineAsync($"/join {room}");
                await ReadToAsync(isThere ? $"You are in {_room}" : $"You joined {room}");
                record.Joined();
                break;
            case 8:
                await _socket.SendLineAsync("/users");
                string users = await ReadToAsync(line => line.StartsWith("Users - ", StringComparison.Ordinal), "the users");
                ChurnRecord.Check(users["Users - ".Length..].Split(", ").Contains(_name), $"{_name} is not in '{users}'");
                break;
            default:
                await _socket.SendLineAsync("/rooms");
                await ReadToAsync(line => line.StartsWith("Rooms - ", StringComparison.Ordinal), "the rooms");
                break;
        }
    }

    private async Task RenameAsync()
    {
        string wanted = $"Nick{_random.Next(WantedNames)}";
        string name = _random.Next(3) switch { 0 => wanted.ToUpperInvariant(), 1 => wanted.ToLowerInvariant(), _ => wanted };
        await _socket.SendLineAsync($"/name {name}");
        string answer = await ReadToAsync(
            line => line == $"{_name} is now {name}" || line == $"{name} is already taken", $"an answer to /name {name}");
        if (!answer.EndsWith("taken", StringComparison.Ordinal))
        {
            _name = name;
            record.Renamed(name);
        }
    }

    /// <summary>What was said before an orderly end is heard before it.</summary>
    private async Task GoAsync()
    {
        string text = NextText();
        switch (_random.Next(4))
        {
            case 0:
                await _socket.SendLineAsync($"{text}\n/quit");
                await ReadToAsync($"{_name}: {text}");
                await ReadToEndAsync();
                break;
            case 1:
                await _socket.SendLineAsync(text);
                _socket.HalfClose();
                await ReadToAsync($"{_name}: {text}");
                await ReadToEndAsync();
                break;
            case 2:
                await _socket.SendLineAsync(text);
                _socket.Reset();
                break;
            default:
                await _socket.SendLineAsync(text);
                break;
        }
    }

    /// <summary>A count for each connection: what the last one has said and not waited for may yet come, in between.</summary>
    private string NextText() => $"m{(_connection * SendersPerConnection) + number}.{_said++}";

    private async Task ReadToAsync(string line) => await ReadToAsync(each => each == line, $"'{line}'");

    private async Task<string> ReadToAsync(Predicate<string> willDo, string what)
    {
        while (await ReadAsync() is { } line)
        {
            if (willDo(line))
            {
                return line;
            }
        }

        Assert.Fail($"expected {what}, got the end");
        return "";
    }

    private async Task ReadToEndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }
    }

    private async Task<string?> ReadAsync()
    {
        string? line = await _socket.ReadLineAsync();
        if (line is null)
        {
            return null;
        }

        if (line.StartsWith("You are ", StringComparison.Ordinal) && _name.Length == 0)
        {
            _name = line["You are ".Length..];
        }
        else if (line.StartsWith("You joined ", StringComparison.Ordinal))
        {
            (_room, _lastHeard) = (line["You joined ".Length..], null);
        }
        else if (line.StartsWith("Users - ", StringComparison.Ordinal))
        {
            record.HeardUsers(line);
        }
        else if (line.Contains("very busy", StringComparison.Ordinal))
        {
            Assert.Fail($"the reader fell behind: {line}");
        }
        else if (line.IndexOf(": m", StringComparison.Ordinal) is > 0 and int colon)
        {
            HearMessage(line[(colon + 3)..]);
        }

        return line;
    }

    private void HearMessage(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int sender = int.Parse(text[..dot], CultureInfo.InvariantCulture);
        int count = int.Parse(text[(dot + 1)..], CultureInfo.InvariantCulture);
        ChurnRecord.Check(
            !_heardOf.TryGetValue(sender, out int last) || last < count, $"{sender}.{count} came after {sender}.{last}: twice, or out of order");
        _heardOf[sender] = count;
        long message = ((long)sender << 32) | (uint)count;
        record.HeardMessage(_room.ToLowerInvariant(), _lastHeard, message);
        _lastHeard = message;
    }
}
