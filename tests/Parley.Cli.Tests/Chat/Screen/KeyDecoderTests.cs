using System.Text;
using Parley.Cli.Chat.Screen.Terminal;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class KeyDecoderTests
{
    public static TheoryData<string, string> Sequences => new()
    {
        { "hello", "Text(hello)" },
        { "grüße 日本 👍", "Text(grüße 日本 👍)" },
        { "\e[A\e[B\e[C\e[D", "Up Down Right Left" },
        { "\eOA\eOH\eOF", "Up Home End" },
        { "\e[1;5C\e[1;5D\e[1;3C\e[1;3D", "C-Right C-Left A-Right A-Left" },
        { "\e[5~\e[6~\e[3~\e[1~\e[4~\e[H\e[F", "PageUp PageDown Delete Home End Home End" },
        { "\e[1;5H\e[1;5F\e[3;5~", "C-Home C-End C-Delete" },
        { "\r\t\u007f\e[Z", "Enter Tab Backspace BackTab" },
        { "\u0003\u0004\u0006", "C-Letter(c) C-Letter(d) C-Letter(f)" },
        { "\eb\eF\e\u007f", "A-Letter(b) A-Letter(f) A-Backspace" },
        { "\e\e[A", "Escape Up" },
        { "\e[<64;10;5M\e[<65;10;5M", "WheelUp WheelDown" },
        { "\e[<0;10;5M\e[<0;10;5m", "" },
        { "\e[200~one\rtwo \e[A\e[201~x", "Paste(one\rtwo \e[A) Text(x)" },
        { "\e[200~\e[201~", "Paste()" },
        { "a\e[99;99Xb", "Text(ab)" },
        { "\e[[Ax", "Text(x)" },
        { "\e[12\e[A", "Up" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_is_a_key_however_it_is_split(string input, string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(input);
        Assert.Equal(keys, Decode([bytes]));
        Assert.Equal(keys, Decode(bytes.Select(b => new[] { b })));
        for (int split = 1; split < bytes.Length; split++)
        {
            Assert.Equal(keys, Decode([bytes[..split], bytes[split..]]));
        }
    }

    [Fact]
    public void An_escape_alone_is_the_key_once_nothing_follows()
    {
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        decoder.Feed("x\e"u8, keys);
        Assert.True(decoder.IsUndecided);
        Assert.Single(keys);

        decoder.Decide(keys);

        Assert.Equal(KeyKind.Escape, keys[1].Kind);
        Assert.False(decoder.IsUndecided);
    }

    [Fact]
    public void Half_a_sequence_that_nothing_follows_is_nothing()
    {
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        decoder.Feed("\e[1;"u8, keys);
        decoder.Decide(keys);
        decoder.Feed("x"u8, keys);

        Assert.Equal([new KeyPress(KeyKind.Text, "x")], keys);
    }

    [Fact]
    public void Half_a_character_waits_for_its_rest_however_long_that_takes()
    {
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        decoder.Feed([0xF0, 0x9F], keys);
        decoder.Decide(keys);
        Assert.Empty(keys);

        decoder.Feed([0x91, 0x8D], keys);

        Assert.Equal([new KeyPress(KeyKind.Text, "👍")], keys);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_shown_as_such()
    {
        var keys = new List<KeyPress>();
        new KeyDecoder().Feed([(byte)'a', 0xFF, (byte)'b'], keys);

        Assert.Equal([new KeyPress(KeyKind.Text, "a\uFFFDb")], keys);
    }

    [Fact]
    public void Noise_is_decoded_without_an_error_and_leaves_nothing_undecided_for_long()
    {
        var random = new Random(1);
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        for (int count = 0; count < 2000; count++)
        {
            byte[] noise = new byte[random.Next(20)];
            random.NextBytes(noise);
            decoder.Feed(noise, keys);
            decoder.Decide(keys);
        }

        keys.Clear();
        decoder.Feed("\e[201~ok"u8, keys);
        Assert.EndsWith("ok", keys[^1].Text, StringComparison.Ordinal);
    }

    // Undecided input is decided only at the end: in pieces as in one.
    private static string Decode(IEnumerable<byte[]> pieces)
    {
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        foreach (byte[] piece in pieces)
        {
            decoder.Feed(piece, keys);
        }

        decoder.Decide(keys);
        return string.Join(' ', Merge(keys).Select(Name));
    }

    // Typed characters may come in several pieces: that makes no difference.
    private static IEnumerable<KeyPress> Merge(IEnumerable<KeyPress> keys)
    {
        var merged = new List<KeyPress>();
        foreach (KeyPress key in keys)
        {
            if (key.Kind == KeyKind.Text && merged is [.., { Kind: KeyKind.Text } last])
            {
                merged[^1] = last with { Text = last.Text + key.Text };
            }
            else
            {
                merged.Add(key);
            }
        }

        return merged;
    }

    private static string Name(KeyPress key) =>
        $"{(key.Control ? "C-" : "")}{(key.Alt ? "A-" : "")}{key.Kind}{(key.Kind is KeyKind.Text or KeyKind.Letter or KeyKind.Paste ? $"({key.Text})" : "")}";
}
