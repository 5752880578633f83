using System.Text;

namespace Parley.TestKit;

/// <summary>What went over a connection, to be shown when something else was expected.</summary>
internal sealed class Transcript(string name)
{
    private const int MaxLines = 60;

    private readonly Queue<string> _lines = new();

    public void Sent(ReadOnlySpan<byte> bytes) => Add("> " + Visible(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 400)])));

    public string Received(byte[] line)
    {
        var text = Encoding.UTF8.GetString(line);
        Add("< " + Visible(text));
        return text;
    }

    public async Task<T> GuardAsync<T>(Task<T> task, string expected)
    {
        try
        {
            return await task.WithinSafetyAsync();
        }
        catch (TimeoutException)
        {
            throw Failure(expected + $", within {Safety.Timeout.TotalSeconds} s");
        }
    }

    public async Task GuardAsync(Task task, string expected)
    {
        try
        {
            await task.WithinSafetyAsync();
        }
        catch (TimeoutException)
        {
            throw Failure(expected + $", within {Safety.Timeout.TotalSeconds} s");
        }
    }

    public UnexpectedTalkException Failure(string expected)
    {
        lock (_lines)
        {
            return new($"{name} expected {expected}.{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
        }
    }

    private static string Visible(string text)
        => string.Concat(text.Select(character => char.IsControl(character) ? $"<{(int)character:x2}>" : character.ToString()));

    private void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }
}
