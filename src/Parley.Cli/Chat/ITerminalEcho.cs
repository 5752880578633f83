namespace Parley.Cli.Chat;

/// <summary>Echo of a terminal in line mode: whether what is typed is shown.</summary>
internal interface ITerminalEcho
{
    /// <summary>From now on what is typed is not shown, but for the end of the line.</summary>
    void Hide();

    /// <summary>From now on what is typed is shown as it was before the first <see cref="Hide"/>.</summary>
    void Show();
}
