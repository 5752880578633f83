using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Tests.Framing;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData("plain", true)]
    [InlineData("", true)]
    [InlineData("caf\xC3\xA9", true)]
    [InlineData("caf\xE9", false)]
    [InlineData("cut \xC3", false)]
    [InlineData("overlong \xC0\x8A", false)]
    [InlineData("surrogate \xED\xA0\x80", false)]
    [InlineData("\xFF", false)]
    public void Only_well_formed_UTF8_is_valid(string latin1, bool expected) =>
        Assert.Equal(expected, Utf8Text.IsValid(Bytes.Of(latin1)));

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("", "")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("\u001b[2Jboom", "[2Jboom")]
    [InlineData("a\u007fb\u0000c\rd\ne", "abcde")]
    [InlineData("\u009b2J\u0080x\u009f", "2Jx")]
    [InlineData("\u00a0 \u00a9 \u00bf stay", "\u00a0 \u00a9 \u00bf stay")]
    [InlineData("\u00c2\u0085\u00c2", "\u00c2\u00c2")]
    [InlineData("\u6f22\u5b57 \U0001F600", "\u6f22\u5b57 \U0001F600")]
    [InlineData("a\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069b", "ab")]
    [InlineData("\u061b\u061d \u200b\u200c\u200d\u2010 \u2027\u202f \u2065\u206a", "\u061b\u061d \u200b\u200c\u200d\u2010 \u2027\u202f \u2065\u206a")]
    public void Unsafe_characters_are_left_out_and_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, Bytes.Written(output => Utf8Text.WriteWithoutControls(Encoding.UTF8.GetBytes(text), output)));
        Assert.Equal(expected, Bytes.Written(output => Utf8Text.WriteWithoutControls(text.AsSpan(), output)));
    }

    [Fact]
    public void Written_text_is_the_text_without_its_unsafe_characters() =>
        Prop.ForAll(Arb.From(TextGen.Any), text =>
        {
            var expected = string.Concat(text.Where(c => !Utf8Text.IsUnsafe(c)));
            var bytes = Encoding.UTF8.GetBytes(text);
            return Bytes.Written(output => Utf8Text.WriteWithoutControls(bytes, output)) == expected
                && Bytes.Written(output => Utf8Text.WriteWithoutControls(text.AsSpan(), output)) == expected;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\u0001VERSION\u0001", "VERSION")]
    [InlineData("a\tb \u0085c\u0003", "a\tb c")]
    [InlineData("\u202E\u05D0 stays", "\u202E\u05D0 stays")]
    public void What_enters_has_no_control_characters(string text, string expected)
        => Assert.Equal(expected, Encoding.UTF8.GetString(Utf8Text.WithoutControls(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Text_in_small_pieces_of_output_is_written_whole()
    {
        var output = new SmallPieces();
        var text = new string('\u00e9', 50) + "\u0085" + new string('\u6f22', 50);
        Utf8Text.WriteWithoutControls(Encoding.UTF8.GetBytes(text), output);
        Assert.Equal(text.Replace("\u0085", ""), Encoding.UTF8.GetString(output.Written.ToArray()));
    }

    [Fact]
    public void Writing_text_does_not_allocate()
    {
        var output = new ReusedBuffer();
        var clean = "caf\u00e9 \u00a9 and plain words"u8.ToArray();
        var dirty = "\u001b[1mcaf\u0085\u00e9"u8.ToArray();
        Allocation.AssertNone(() =>
        {
            Utf8Text.WriteWithoutControls(clean, output);
            Utf8Text.WriteWithoutControls(dirty, output);
        });
    }

    /// <summary>Gives out no more than three bytes at a time unless asked for more.</summary>
    private sealed class SmallPieces : IBufferWriter<byte>
    {
        private byte[] _piece = [];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_piece[..count]);

        public Memory<byte> GetMemory(int sizeHint = 0) => _piece = new byte[Math.Max(3, sizeHint)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
