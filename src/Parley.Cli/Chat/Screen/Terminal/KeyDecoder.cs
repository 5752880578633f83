using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Cli.Chat.Screen.Terminal;

// input      = *(escape / control / text)
// escape     = ESC "[" [mouse / *(DIGIT / ";") final]    ; CSI: arrows, editing keys, with 1;5 for Ctrl and 1;3 for Alt
//            / ESC "O" final                             ; SS3: arrows and Home, End of terminals in application mode
//            / ESC (control / text)                      ; Alt and a key
//            / ESC                                       ; the key Esc, if nothing follows for a moment
// mouse      = "<" button ";" column ";" row ("M" / "m") ; SGR mouse reports; buttons 64 and 65 are the wheel
// paste      = CSI "200~" *OCTET CSI "201~"              ; bracketed paste
// See ECMA-48 (5.4), and xterm's control sequences (ctlseqs).

/// <summary>Decodes what a terminal sends, in pieces of any size.</summary>
internal sealed class KeyDecoder
{
    private const byte Escape = 0x1B;

    // More than anybody pastes into a chat: past it the rest of a paste is left out, so that one without an end ends, too.
    private const int MaxPasteBytes = 1024 * 1024;
    private const int MaxSequenceBytes = 64;

    private readonly List<byte> _pending = [];
    private readonly StringBuilder _text = new();
    private List<byte>? _paste;

    private static ReadOnlySpan<byte> PasteEnd => "\e[201~"u8;

    /// <summary>True if what came last may be the key Esc, or the start of something longer.</summary>
    public bool IsUndecided => _pending is [Escape, ..] && _paste is null;

    /// <summary>Decodes as far as it goes; what is incomplete waits for more.</summary>
    public void Feed(ReadOnlySpan<byte> input, ICollection<KeyPress> keys)
    {
        _pending.AddRange(input);
        int at = 0;
        while (at < _pending.Count)
        {
            ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(_pending)[at..];
            int used = _paste is null ? Take(rest, keys) : TakePaste(rest, keys);
            if (used == 0)
            {
                break;
            }

            at += used;
        }

        _pending.RemoveRange(0, at);
        EndText(keys);
    }

    /// <summary>Nothing more came for a moment: a lone ESC was the key, and half a sequence is nothing.</summary>
    public void Decide(ICollection<KeyPress> keys)
    {
        if (!IsUndecided)
        {
            return;
        }

        if (_pending.Count == 1)
        {
            keys.Add(new KeyPress(KeyKind.Escape));
        }

        _pending.Clear();
    }

    // How many bytes were used; 0 if more are needed.
    private int Take(ReadOnlySpan<byte> input, ICollection<KeyPress> keys)
    {
        if (input[0] == Escape)
        {
            EndText(keys);
            return TakeEscape(input, keys);
        }

        if (input[0] is < 0x20 or 0x7F)
        {
            EndText(keys);
            AddControl(input[0], alt: false, keys);
            return 1;
        }

        OperationStatus status = Rune.DecodeFromUtf8(input, out Rune rune, out int used);
        if (status == OperationStatus.NeedMoreData)
        {
            return 0;
        }

        _text.Append(rune.ToString());
        return used;
    }

    private int TakeEscape(ReadOnlySpan<byte> input, ICollection<KeyPress> keys)
    {
        switch (input)
        {
            case [_]:
                return 0;
            case [_, (byte)'[', ..]:
                return TakeSequence(input, keys);
            case [_, (byte)'O']:
                return 0;
            case [_, (byte)'O', var final, ..]:
                Add(final, [], keys);
                return 3;
            case [_, Escape, ..]:
                keys.Add(new KeyPress(KeyKind.Escape));
                return 1;
            case [_, < 0x20 or 0x7F, ..]:
                AddControl(input[1], alt: true, keys);
                return 2;
            default:
                if (Rune.DecodeFromUtf8(input[1..], out Rune rune, out int used) == OperationStatus.NeedMoreData)
                {
                    return 0;
                }

                keys.Add(new KeyPress(KeyKind.Letter, Rune.ToLowerInvariant(rune).ToString(), Alt: true));
                return 1 + used;
        }
    }

    private int TakeSequence(ReadOnlySpan<byte> input, ICollection<KeyPress> keys)
    {
        // The Linux console sends F1 to F5 as ESC [ [ A: the second bracket is not the end.
        int from = input is [_, _, (byte)'[', ..] ? 3 : 2;
        int length = input[from..].IndexOfAnyExceptInRange((byte)0x20, (byte)0x3F);
        if (length < 0 || from + length > MaxSequenceBytes)
        {
            // Too long for a sequence: as many bytes of it are left out however it arrives.
            return input.Length > MaxSequenceBytes ? MaxSequenceBytes : 0;
        }

        byte final = input[from + length];
        if (final is < 0x40 or > 0x7E)
        {
            // Broken off by something else, which counts.
            return from + length;
        }

        if (from == 2)
        {
            Add(final, input.Slice(from, length), keys);
        }

        return from + length + 1;
    }

    private void Add(byte final, ReadOnlySpan<byte> parameters, ICollection<KeyPress> keys)
    {
        if (parameters is [(byte)'<', .. var mouse])
        {
            KeyKind? wheel = Number(mouse, 0) switch { 64 => KeyKind.WheelUp, 65 => KeyKind.WheelDown, _ => null };
            if (final == 'M' && wheel is { } turned)
            {
                keys.Add(new KeyPress(turned));
            }

            return;
        }

        if (final == '~' && Number(parameters, 0) == 200)
        {
            _paste = [];
            return;
        }

        if (KindOf(final, Number(parameters, 0)) is { } kind)
        {
            // The second number is one more than the sum of 1 Shift, 2 Alt, 4 Ctrl.
            int modifiers = Math.Max(0, Number(parameters, 1) - 1);
            keys.Add(new KeyPress(kind, Control: (modifiers & 4) != 0, Alt: (modifiers & 2) != 0));
        }
    }

    private static KeyKind? KindOf(byte final, int number) => (final, number) switch
    {
        ((byte)'A', _) => KeyKind.Up,
        ((byte)'B', _) => KeyKind.Down,
        ((byte)'C', _) => KeyKind.Right,
        ((byte)'D', _) => KeyKind.Left,
        ((byte)'H', _) or ((byte)'~', 1 or 7) => KeyKind.Home,
        ((byte)'F', _) or ((byte)'~', 4 or 8) => KeyKind.End,
        ((byte)'Z', _) => KeyKind.BackTab,
        ((byte)'M', _) => KeyKind.Enter,
        ((byte)'~', 3) => KeyKind.Delete,
        ((byte)'~', 5) => KeyKind.PageUp,
        ((byte)'~', 6) => KeyKind.PageDown,
        _ => null,
    };

    private static void AddControl(byte control, bool alt, ICollection<KeyPress> keys)
    {
        KeyKind kind = control switch
        {
            (byte)'\r' or (byte)'\n' => KeyKind.Enter,
            (byte)'\t' => KeyKind.Tab,
            0x7F or 0x08 => KeyKind.Backspace,
            _ => KeyKind.Letter,
        };
        bool isLetter = kind == KeyKind.Letter;
        keys.Add(new KeyPress(kind, isLetter ? ((char)(control | 0x60)).ToString() : "", Control: isLetter, Alt: alt));
    }

    private int TakePaste(ReadOnlySpan<byte> input, ICollection<KeyPress> keys)
    {
        int end = input.IndexOf(PasteEnd);
        if (end < 0)
        {
            // What may be the start of the end waits for the rest of it.
            int kept = Math.Min(input.Length, PasteEnd.Length - 1);
            AddToPaste(input[..^kept]);
            return input.Length - kept;
        }

        AddToPaste(input[..end]);
        keys.Add(new KeyPress(KeyKind.Paste, Encoding.UTF8.GetString([.. _paste!])));
        _paste = null;
        return end + PasteEnd.Length;
    }

    private void AddToPaste(ReadOnlySpan<byte> bytes)
    {
        List<byte> paste = _paste!;
        paste.AddRange(bytes[..Math.Min(bytes.Length, MaxPasteBytes - paste.Count)]);
    }

    private void EndText(ICollection<KeyPress> keys)
    {
        if (_text.Length > 0)
        {
            keys.Add(new KeyPress(KeyKind.Text, _text.ToString()));
            _text.Clear();
        }
    }

    private static int Number(ReadOnlySpan<byte> parameters, int index)
    {
        for (; index > 0; index--)
        {
            int semicolon = parameters.IndexOf((byte)';');
            parameters = semicolon < 0 ? [] : parameters[(semicolon + 1)..];
        }

        int end = parameters.IndexOf((byte)';');
        return int.TryParse(end < 0 ? parameters : parameters[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
    }
}
