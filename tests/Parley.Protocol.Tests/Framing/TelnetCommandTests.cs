namespace Parley.Protocol.Tests.Framing;

/// <summary>RFC 854: commands are consumed, not echoed into chat.</summary>
public sealed class TelnetCommandTests
{
    [Theory]
    [InlineData("\xFF\xFB\x01", "WILL ECHO")]
    [InlineData("\xFF\xFC\x01", "WONT ECHO")]
    [InlineData("\xFF\xFD\x03", "DO SUPPRESS-GO-AHEAD")]
    [InlineData("\xFF\xFE\x22", "DONT LINEMODE")]
    [InlineData("\xFF\xFD\x0A", "DO with an option that reads as LF")]
    [InlineData("\xFF\xFD\xFF", "DO with the option 255")]
    [InlineData("\xFF\xF1", "NOP")]
    [InlineData("\xFF\xF2", "DM")]
    [InlineData("\xFF\xF6", "AYT")]
    [InlineData("\xFF\xF9", "GA")]
    [InlineData("\xFF\xF0", "SE without SB")]
    [InlineData("\xFF\xED", "SUSP, ^Z: who suspends means to come back")]
    [InlineData("\xFF\xFA\x1F\0\x50\0\x18\xFF\xF0", "SB NAWS 80 24")]
    [InlineData("\xFF\xFA\x18\0a\nb\r\n\xFF\xFF\xFF\xF0", "SB with LF and IAC IAC in it")]
    public void A_command_is_removed_wherever_it_stands(string command, string what)
    {
        Assert.NotEmpty(what);
        var input = $"{command}one{command}{command}\r{command}\n{command}two{command}";
        Assert.Equal(["Line one", "Rest two"], FramerUnderTest.Telnet(400).Run(input));
    }

    [Fact]
    public void IAC_IAC_is_one_byte_of_data() =>
        Assert.Equal(["Line a\xFFz"], FramerUnderTest.Telnet(400).Run("a\xFF\xFFz\n"));

    [Fact]
    public void IAC_before_a_byte_that_is_no_command_stays_in_the_text() =>
        Assert.Equal(["Line caf\xFF", "Line \xFFzzz"], FramerUnderTest.Telnet(400).Run("caf\xFF\n\xFFzzz\n"));

    [Fact]
    public void Commands_do_not_count_against_the_limit()
    {
        var nops = string.Concat(Enumerable.Repeat("\xFF\xF1", 500));
        Assert.Equal(["Line abc"], FramerUnderTest.Telnet(3).Run($"a{nops}b{nops}c{nops}\r\n"));
    }

    [Fact]
    public void Data_bytes_of_255_count_against_the_limit() =>
        Assert.Equal(["TooLong", "Line ok"], FramerUnderTest.Telnet(3).Run("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFz\nok\n"));

    [Fact]
    public void A_command_cut_off_by_the_end_of_the_stream_is_dropped() =>
        Assert.Equal(["Rest abc"], FramerUnderTest.Telnet(400).Run("abc\xFF\xFD"));

    [Fact]
    public void A_subnegotiation_without_end_is_a_line_that_is_too_long()
    {
        var endless = "\xFF\xFA" + new string('x', 600);
        Assert.Equal(["TooLong", "Line ok"], FramerUnderTest.Telnet(400).Run($"a{endless}\nok\n"));
    }

    [Fact]
    public void A_subnegotiation_without_end_in_a_line_that_is_too_long_is_not_told_again()
    {
        var endless = "\xFF\xFA" + new string('x', 600);
        Assert.Equal(["TooLong", "Line ok"], FramerUnderTest.Telnet(3).Run($"abcd{endless}\nok\n"));
    }

    [Theory]
    [InlineData("one\r\0two\r\0")]
    [InlineData("one\r\xFF\xF1\0two\r\0")]
    public void CR_NUL_ends_a_line(string input) =>
        Assert.Equal(["Line one", "Line two"], FramerUnderTest.Telnet(400).Run(input));

    [Fact]
    public void CR_NUL_ends_a_line_that_is_too_long() =>
        Assert.Equal(["TooLong", "Line ok"], FramerUnderTest.Telnet(3).Run("abcdef\r\0ok\r\0"));

    [Fact]
    public void NUL_elsewhere_is_data() => Assert.Equal(["Line a\0b"], FramerUnderTest.Telnet(400).Run("a\0b\n"));
}
