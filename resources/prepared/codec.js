/* The answers to a form's questions as digits, part by part, and back: desk_app/domain/prepared/ in the browser.
   ES5; needs fflate. Both sides must agree: tests/unit/domain/prepared/ compares them. */
var codec = (function () {
  'use strict';

  var HEAD = '1448', FORMAT = '1', MOST_PARTS = 9, PART_DIGITS = 560, FRONT = 21, CHECK = 10;
  var UNKNOWN = '?', BETWEEN = '\u001f', MOST_CHOICES = 100, FIRST_DAY = Date.UTC(1850, 0, 1), DAY_MS = 86400000;
  var DIGITS = [0, 3, 5, 8, 10, 13, 15, 18, 20];
  var TABLE = (function () {
    var table = [], n, k, c;
    for (n = 0; n < 256; n++) {
      for (c = n, k = 0; k < 8; k++) { c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1; }
      table.push(c >>> 0);
    }
    return table;
  })();

  function padded(number, length) {
    var text = String(number);
    while (text.length < length) { text = '0' + text; }
    return text;
  }

  function crc32(digits) {
    var c = 0xffffffff, i;
    for (i = 0; i < digits.length; i++) { c = TABLE[(c ^ digits.charCodeAt(i)) & 255] ^ (c >>> 8); }
    return (c ^ 0xffffffff) >>> 0;
  }

  function kept(text) {
    var plain = String(text).replace(/[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '');
    if (plain.normalize) { plain = plain.normalize('NFC'); }
    return plain.replace(/[\u001c-\u001f\u0085\s]+/g, ' ').replace(/^ | $/g, '');
  }

  /* Long division by hand: 64 bits are more than a number of ES5 holds. */
  function digitsOfBlock(block) {
    var left = block.slice(), text = '', count = DIGITS[block.length], i, j, rest;
    for (i = 0; i < count; i++) {
      for (rest = 0, j = 0; j < left.length; j++) {
        rest = rest * 256 + left[j];
        left[j] = Math.floor(rest / 10);
        rest %= 10;
      }
      text = rest + text;
    }
    return text;
  }

  function bytesOfBlock(digits) {
    var length = DIGITS.indexOf(digits.length), bytes = [], i, j, more;
    if (length < 0) { throw new Error('damaged'); }
    for (i = 0; i < length; i++) { bytes.push(0); }
    for (i = 0; i < digits.length; i++) {
      more = Number(digits.charAt(i));
      for (j = length - 1; j >= 0; j--) {
        more += bytes[j] * 10;
        bytes[j] = more & 255;
        more >>= 8;
      }
      if (more) { throw new Error('damaged'); }
    }
    return bytes;
  }

  function digitsOf(bytes) {
    var text = '', at;
    for (at = 0; at < bytes.length; at += 8) { text += digitsOfBlock(Array.prototype.slice.call(bytes, at, at + 8)); }
    return text;
  }

  function bytesOf(digits) {
    var bytes = [], at;
    for (at = 0; at < digits.length; at += 20) { bytes = bytes.concat(bytesOfBlock(digits.slice(at, at + 20))); }
    return new Uint8Array(bytes);
  }

  function dayNumber(answer) {
    var found = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(answer), moment, day, number;
    if (!found || Number(found[3]) < 1850) { return -1; }
    moment = Date.UTC(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
    day = new Date(moment);
    if (day.getUTCDate() !== Number(found[1]) || day.getUTCMonth() !== Number(found[2]) - 1) { return -1; }
    number = Math.round((moment - FIRST_DAY) / DAY_MS);
    return number >= 0 && number <= 99999 ? number : -1;
  }

  function dayText(number) {
    var day = new Date(FIRST_DAY + number * DAY_MS);
    return padded(day.getUTCDate(), 2) + '/' + padded(day.getUTCMonth() + 1, 2) + '/' + padded(day.getUTCFullYear(), 4);
  }

  function mark(answer, question, words) {
    var entry = (question.choices || []).indexOf(answer), day;
    if (!answer) { return '0'; }
    if (answer === UNKNOWN) { return '8'; }
    if (entry >= 0 && entry < MOST_CHOICES) { return '4' + padded(entry, 2); }
    if (question.kind === 'date') {
      if (/^\d{4}$/.test(answer)) { return '3' + answer; }
      day = dayNumber(answer);
      if (day >= 0) { return '2' + padded(day, 5); }
    }
    if (/^\d{1,99}$/.test(answer)) {
      if (answer.length === 12) { return '6' + answer; }
      if (answer.length === 10) { return '7' + answer; }
      return '5' + padded(answer.length, 2) + answer;
    }
    words.push(answer);
    return '1';
  }

  function inRuns(marks) {
    var text = '', at = 0, run;
    while (at < marks.length) {
      run = 0;
      while (run < 11 && at + run < marks.length && marks[at + run] === '0') { run++; }
      if (run >= 2) { text += '9' + (run - 2); at += run; } else { text += marks[at]; at++; }
    }
    return text;
  }

  /* The digits of the answers by key. */
  function encoded(answers, questions, dictionary) {
    var words = [], marks = questions.map(function (question) {
      var answer = Object.prototype.hasOwnProperty.call(answers, question.key) ? answers[question.key] : '';
      return mark(kept(answer), question, words);
    });
    if (!words.length) { return inRuns(marks); }
    return inRuns(marks) + digitsOf(fflate.deflateSync(fflate.strToU8(words.join(BETWEEN)), {
      level: 9, mem: 8, dictionary: fflate.strToU8(dictionary)
    }));
  }

  /* The parts that carry the digits; throws "overfull". */
  function parted(digits, form, dictionary) {
    var of = Math.max(1, Math.ceil(digits.length / PART_DIGITS)), each = Math.ceil(digits.length / of);
    var set = padded(crc32(digits) % 10000, 4), parts = [], n, piece, front;
    if (of > MOST_PARTS) { throw new Error('overfull'); }
    for (n = 0; n < of; n++) {
      piece = digits.slice(n * each, (n + 1) * each);
      front = HEAD + FORMAT + dictionary + form + (n + 1) + of + set + padded(piece.length, 3) + piece;
      parts.push(front + padded(crc32(front), CHECK));
    }
    return parts;
  }

  /* The digits that whole parts in order carry; throws "damaged". */
  function joined(parts) {
    return parts.map(function (part) {
      if (padded(crc32(part.slice(0, -CHECK)), CHECK) !== part.slice(-CHECK)) { throw new Error('damaged'); }
      return part.slice(FRONT, -CHECK);
    }).join('');
  }

  function decoded(digits, questions, dictionary) {
    var at = 0, silent = 0, found = {}, spoken = [], words;
    function take(count) {
      var taken = digits.slice(at, at + count);
      if (taken.length !== count) { throw new Error('damaged'); }
      at += count;
      return taken;
    }
    questions.forEach(function (question) {
      if (silent) { silent--; return; }
      var sign = take(1);
      if (sign === '9') { silent = Number(take(1)) + 1; }
      if (sign === '1') { found[question.key] = ''; spoken.push(question.key); }
      if (sign === '2') { found[question.key] = dayText(Number(take(5))); }
      if (sign === '3') { found[question.key] = take(4); }
      if (sign === '4') { found[question.key] = question.choices[Number(take(2))]; }
      if (sign === '5') { found[question.key] = take(Number(take(2))); }
      if (sign === '6') { found[question.key] = take(12); }
      if (sign === '7') { found[question.key] = take(10); }
      if (sign === '8') { found[question.key] = UNKNOWN; }
    });
    if (spoken.length) {
      words = fflate.strFromU8(fflate.inflateSync(bytesOf(digits.slice(at)), { dictionary: fflate.strToU8(dictionary) }));
      words.split(BETWEEN).forEach(function (word, n) { found[spoken[n]] = word; });
    }
    return found;
  }

  return {
    UNKNOWN: UNKNOWN, kept: kept, encoded: encoded, parted: parted, joined: joined, decoded: decoded,
    dayNumber: dayNumber
  };
})();
