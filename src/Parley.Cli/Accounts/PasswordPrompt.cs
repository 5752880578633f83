using System.Text;
using Parley.Cli.Chat.Screen.Terminal;

namespace Parley.Cli.Accounts;

/// <summary>Asks for passwords on a terminal that shows nothing of them.</summary>
/// <remarks>
/// Not by <see cref="Console.ReadKey()"/>, which hides a key only while it waits for one: what is typed, or pasted, before
/// and between would be seen. Here the terminal is silent from before the first question until after the last answer.
/// </remarks>
/// <param name="mode">The terminal's mode.</param>
/// <param name="input">Its keys.</param>
/// <param name="output">Where questions are shown.</param>
internal sealed class PasswordPrompt(ITerminalMode mode, Stream input, TextWriter output)
{
    private const int EndOfStream = -1;
    private const int Interrupt = 0x03;
    private const int EndOfInput = 0x04;
    private const int Backspace = 0x08;
    private const int ClearLine = 0x15;
    private const int Delete = 0x7F;

    /// <summary>Asks one question after another.</summary>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    /// <exception cref="IOException">The terminal does not take it, or is gone.</exception>
    public string[] Ask(params IEnumerable<string> questions)
    {
        // A signal that ends the process leaves a terminal that shows again what is typed.
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        try
        {
            mode.Enter();
            return [.. questions.Select(AskOne)];
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= OnEnd;
            mode.Leave();
        }
    }

    private string AskOne(string question)
    {
        output.Write(question + " ");
        output.Flush();
        try
        {
            return ReadLine();
        }
        finally
        {
            output.Write("\r\n");
            output.Flush();
        }
    }

    private string ReadLine()
    {
        var typed = new List<byte>();
        while (true)
        {
            switch (input.ReadByte())
            {
                case '\r' or '\n' or EndOfInput or EndOfStream:
                    return Encoding.UTF8.GetString([.. typed]);
                case Interrupt:
                    throw new OperationCanceledException();
                case Backspace or Delete:
                    RemoveLastCharacter(typed);
                    break;
                case ClearLine:
                    typed.Clear();
                    break;
                case var value:
                    typed.Add((byte)value);
                    break;
            }
        }
    }

    /// <summary>Removes the bytes of the last character: in UTF-8, all but the first begin with the bits 10.</summary>
    private static void RemoveLastCharacter(List<byte> typed)
    {
        var start = typed.FindLastIndex(value => (value & 0xC0) != 0x80);
        if (start >= 0)
        {
            typed.RemoveRange(start, typed.Count - start);
        }
    }

    private void OnEnd(object? sender, EventArgs e) => mode.Leave();
}
