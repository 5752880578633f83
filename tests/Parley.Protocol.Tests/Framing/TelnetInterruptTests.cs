namespace Parley.Protocol.Tests.Framing;

public sealed class TelnetInterruptTests
{
    [Theory]
    [InlineData("\xFF\xF4\xFF\xFD\x06", "IP and DO TIMING-MARK, which telnet sends for ^C")]
    [InlineData("\xFF\xEC", "EOF, ^D")]
    [InlineData("\xFF\xEE", "ABORT")]
    [InlineData("\xFF\xF3\xFF\xFD\x06", "BRK and DO TIMING-MARK, which telnet sends for ^\\")]
    [InlineData("\x03", "^C from a terminal in raw mode")]
    [InlineData("\x04", "^D, which telnet sends bare at the start of a line")]
    public void A_key_that_ends_programs_is_told_at_once(string key, string what)
    {
        Assert.NotEmpty(what);
        Assert.Equal(["Interrupt"], FramerUnderTest.Telnet(400).Feed(key));
    }

    [Fact]
    public void Lines_before_an_interrupt_come_before_it() =>
        Assert.Equal(["Line a", "Interrupt", "Line b"], FramerUnderTest.Telnet(400).Run("a\n\xFF\xF4" + "b\n"));

    [Fact]
    public void An_interrupt_abandons_the_line_it_stands_in() =>
        Assert.Equal(["Interrupt", "Line new"], FramerUnderTest.Telnet(400).Run("half\xFF\xF4new\n"));

    [Fact]
    public void An_interrupt_abandons_a_line_that_is_too_long() =>
        Assert.Equal(["TooLong", "Interrupt", "Line ok"], FramerUnderTest.Telnet(3).Run("abcdef\xFF\xF4ok\n"));

    [Fact]
    public void Control_C_within_a_line_is_text() =>
        Assert.Equal(["Line a\x03z"], FramerUnderTest.Telnet(400).Run("a\x03z\n"));

    [Fact]
    public void A_command_before_control_C_does_not_hide_it() =>
        Assert.Equal(["Interrupt"], FramerUnderTest.Telnet(400).Feed("\xFF\xF1\x03"));
}
