using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Cli.Bench;

// text   = tag SP sender SP number SP time SP *"x"
// tag    = "b" 4(ALPHA / DIGIT)      ; of this run, so that two at a time do not take each other's
// sender = 1*5DIGIT                  ; within its room
// number = 1*10DIGIT                 ; from 0 on, for each sender
// time   = 1*12DIGIT                 ; when it was to be sent, in 100 ns since the start

/// <summary>One message of the load, which says by itself who sent it, which it is, and when it was due.</summary>
internal readonly record struct BenchMessage(int Sender, long Number, TimeSpan Due)
{
    public const int TagLength = 5;

    /// <summary>A tag that other runs do not have, with great probability.</summary>
    public static byte[] NewTag() =>
        Encoding.ASCII.GetBytes("b" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", TagLength - 1));

    /// <summary>Writes the text over all of <paramref name="text"/>, which holds at least <see cref="BenchOptions.MinSizeBytes"/>.</summary>
    public void Write(ReadOnlySpan<byte> tag, Span<byte> text)
    {
        tag.CopyTo(text);
        int length = TagLength;
        Append(text, ref length, Sender);
        Append(text, ref length, Number);
        Append(text, ref length, Due.Ticks);
        text[length++] = (byte)' ';
        text[length..].Fill((byte)'x');
    }

    /// <summary>Reads a text of this run, <paramref name="size"/> bytes of it; false for any other, or one that was altered.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag, int size, out BenchMessage message)
    {
        message = default;
        if (text.Length != size || !text.StartsWith(tag))
        {
            return false;
        }

        text = text[TagLength..];
        if (!TryTake(ref text, out long sender) || !TryTake(ref text, out long number) || !TryTake(ref text, out long due)
            || sender > int.MaxValue || !text.StartsWith((byte)' ') || text[1..].ContainsAnyExcept((byte)'x'))
        {
            return false;
        }

        message = new BenchMessage((int)sender, number, TimeSpan.FromTicks(due));
        return true;
    }

    private static void Append(Span<byte> text, ref int length, long value)
    {
        text[length++] = (byte)' ';
        Utf8Formatter.TryFormat(value, text[length..], out int written);
        length += written;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!text.StartsWith((byte)' ') || !Utf8Parser.TryParse(text[1..], out value, out int length) || value < 0)
        {
            return false;
        }

        text = text[(length + 1)..];
        return true;
    }
}
