/* The page on which a citizen prepares a declaration at home. ES5, no network: what is typed stays on this page until
   it is closed, and leaves it only as a picture. Needs codec, fflate and qrcode; the forms stand in #data as JSON. */
(function () {
  'use strict';

  var DATA = JSON.parse(document.getElementById('data').textContent);
  var MEMORY = 'ban-mot-cua-khai-truoc';
  var FEW = 8, MOST_WORDS = 600, QUIET = 4, MODULE = 10;
  var PAST = /(^|_)(born|birth|died|dead|death|issued|married|marriage|registered)(_|$)/;
  var UNKNOWN = codec.UNKNOWN, OTHER = '\u2026';
  var state = { form: -1, said: {}, unknown: {}, touched: {}, at: 0, parts: [], done: [], editing: -1 };
  var body = document.getElementById('body'), live = document.getElementById('live');

  // --- small tools -----------------------------------------------------------------------------------------------

  function el(name, attributes, children) {
    var made = document.createElement(name), key;
    for (key in attributes || {}) {
      if (attributes[key] === null || attributes[key] === undefined || attributes[key] === false) { continue; }
      if (key === 'text') { made.textContent = attributes[key]; }
      else if (key.slice(0, 2) === 'on') { made.addEventListener(key.slice(2), attributes[key]); }
      else { made.setAttribute(key, attributes[key] === true ? '' : attributes[key]); }
    }
    (children || []).forEach(function (child) { if (child) { made.appendChild(child); } });
    return made;
  }

  function say(text) { live.textContent = ''; setTimeout(function () { live.textContent = text; }, 30); }

  function clear(node) { while (node.firstChild) { node.removeChild(node.firstChild); } }

  function idOf(key) { return 'q-' + key.replace(/\./g, '-'); }

  function button(text, act, kind) {
    return el('button', { type: 'button', 'class': kind || null, text: text, onclick: act });
  }

  function form() { return DATA.forms[state.form]; }

  function choicesOf(question) { return question.list ? DATA.lists[question.list] : question.choices || []; }

  function questionsOf(some) {
    return some.questions.map(function (each) { return { key: each.key, kind: each.kind, choices: choicesOf(each) }; });
  }

  // --- what is asked (desk_app/services/reception/draft.py says the same at the desk) ------------------------------

  function holds(condition, values) {
    return !condition || condition.split('||').some(function (group) { return holdsAll(group, values); });
  }

  function holdsAll(group, values) {
    return group.split('&').every(function (part) {
      var found = /^\s*(!?)([a-z_][a-z0-9_.]*)(?:(!?=)([^\[\]{}&]*))?\s*$/.exec(part), value, among;
      if (!found) { return false; }
      value = values[found[2]] || '';
      if (!found[3]) { return Boolean(value) !== Boolean(found[1]); }
      among = found[4].split('|').map(function (each) { return each.trim(); }).indexOf(value) >= 0;
      return among === (found[3] === '=');
    });
  }

  /* The text with what stands at its "{key}"s; '' where something is missing. */
  function filledIn(text, values) {
    var isWhole = true, said = text.replace(/\{([a-z_][a-z0-9_.]*)\}/g, function (part, key) {
      if (!values[key]) { isWhole = false; }
      return values[key] || '';
    });
    return isWhole ? said : '';
  }

  function first(question, values) {
    var keys = question.sources || [], n, said;
    for (n = 0; n < keys.length; n++) { if (values[keys[n]]) { return values[keys[n]]; } }
    for (n = 0; n < (question.suggestions || []).length; n++) {
      said = holds(question.suggestions[n].when, values) && filledIn(question.suggestions[n].value, values);
      if (said) { return said; }
    }
    return question['default'] || '';
  }

  function roleOf(key) { var dot = key.indexOf('.'); return dot < 0 ? '' : key.slice(0, dot); }

  /* The questions as they stand now: [{question, value, isFirst}], people nobody knows without theirs. */
  function asked() {
    var values = {}, key, roles = {}, shown = [], some = form();
    function numbered(role) {
      values[role + '.personal_number'] = /^\d{12}$/.test(values[role + '.id_number'] || '') ? 'x' : '';
    }
    for (key in state.said) { if (state.said[key] && !state.unknown[roleOf(key)]) { values[key] = state.said[key]; } }
    some.questions.forEach(function (question) { if (roleOf(question.key)) { roles[roleOf(question.key)] = true; } });
    some.questions.forEach(function (question) {
      var answer, role;
      if (!question.same_as) { return; }
      answer = state.touched[question.key] ? state.said[question.key] : first(question, values);
      role = question.same_as[answer];
      if (!role) { return; }
      for (key in values) {
        if (roleOf(key) === 'applicant') { values[role + key.slice(9)] = values[key]; }
      }
      roles[role] = true;
    });
    for (key in roles) { numbered(key); }
    some.questions.forEach(function (question) {
      var value, isFirst, role = roleOf(question.key);
      if (!holds(question.when, values)) { return; }
      isFirst = !state.touched[question.key];
      value = isFirst ? first(question, values) : state.said[question.key] || '';
      if (state.unknown[role]) { value = ''; }
      values[question.key] = value;
      if (question.key === role + '.id_number') { numbered(role); }
      shown.push({ question: question, value: value, isFirst: isFirst });
    });
    return shown;
  }

  // --- what may be said ------------------------------------------------------------------------------------------

  /* {value, problem} of a typed day: "1/2/2020", "01022020", "2020-02-01", or a year alone. */
  function day(text, key) {
    var plain = text.replace(/[.\-\s]+/g, '/').replace(/\/+/g, '/').replace(/^\/|\/$/g, ''), found, whole, now, is;
    if (/^\d{4}$/.test(plain)) {
      if (Number(plain) < 1850 || Number(plain) > 2200) { return { problem: 'Năm này không đúng.' }; }
      if (PAST.test(key.split('.').pop()) && Number(plain) > new Date().getFullYear()) {
        return { problem: 'Năm này ở sau hôm nay.' };
      }
      return { value: plain };
    }
    found = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(plain);
    if (found) { found = [0, found[3], found[2], found[1]]; }
    found = found || /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(plain) || /^(\d{2})(\d{2})(\d{4})$/.exec(plain);
    if (!found) {
      if (/^\d{1,2}\/\d{1,2}\/\d{1,3}$/.test(plain)) { return { problem: 'Năm cần đủ bốn chữ số, ví dụ 15/01/1990.' }; }
      if (/^\d{1,2}\/\d{4}$/.test(plain)) { return { problem: 'Chỉ biết tháng và năm thì gõ riêng năm, ví dụ 1990.' }; }
      return { problem: 'Ngày chưa đủ. Gõ ngày/tháng/năm, ví dụ 15/01/1990; chỉ biết năm thì gõ năm.' };
    }
    whole = ('0' + found[1]).slice(-2) + '/' + ('0' + found[2]).slice(-2) + '/' + found[3];
    now = new Date();
    is = codec.dayNumber(whole);
    if (is < 0) { return { problem: 'Không có ngày này trong lịch. Gõ ngày/tháng/năm, ví dụ 15/01/1990.' }; }
    if (PAST.test(key.split('.').pop()) && is > codec.dayNumber(
      ('0' + now.getDate()).slice(-2) + '/' + ('0' + (now.getMonth() + 1)).slice(-2) + '/' + now.getFullYear())) {
      return { problem: 'Ngày này ở sau hôm nay.' };
    }
    return { value: whole };
  }

  function paperNumber(text) {
    var number = text.replace(/[\s.\-]+/g, '').toUpperCase();
    if (/^(\d{12}|\d{9}|\d{5,8})$/.test(number)) {
      return /^\d{5,8}$/.test(number) ? { problem: 'Số căn cước có 12 chữ số, đang có ' + number.length + '.' } : { value: number };
    }
    if (/^[A-Z0-9]{5,9}$/.test(number) && /[A-Z]/.test(number) && /\d/.test(number)) { return { value: number }; }
    if (/^\d+$/.test(number)) { return { problem: 'Số căn cước có 12 chữ số (CMND: 9), đang có ' + number.length + '.' }; }
    return { problem: 'Cần 12 chữ số của căn cước, 9 chữ số của CMND, hoặc số hộ chiếu.' };
  }

  function telephone(text) {
    var number = text.replace(/[\s.\-()]+/g, '');
    if (/^0\d{9,10}$/.test(number) || /^\+\d{7,15}$/.test(number)) { return { value: number }; }
    return { problem: 'Số điện thoại có 10 chữ số, ví dụ 0912 345 678.' };
  }

  function unprintable(text) {
    var plain = text.replace(/[\u0300-\u030c\u0323]/g, ''), found = '', n, code, step;
    for (n = 0; n < plain.length; n += step) {
      code = plain.charCodeAt(n);
      step = code >= 0xd800 && code < 0xdc00 ? 2 : 1;
      if (!DATA.letters.some(function (range) { return range[0] <= code && code <= range[1]; })) {
        found += plain.substr(n, step) + ' ';
      }
    }
    return found;
  }

  /* {value} as it is kept, or {problem}: a sentence. Nothing said is no problem. */
  function judged(question, text) {
    var plain = codec.kept(text), last = question.key.split('.').pop(), odd;
    if (!plain) { return { value: '' }; }
    odd = unprintable(plain);
    if (odd) { return { problem: 'Giấy không in được: ' + odd + '. Bỏ ký tự này đi.' }; }
    if (plain === UNKNOWN) { return { problem: 'Chưa biết thì để trống ô này.' }; }
    if (question.kind === 'date') { return day(plain, question.key); }
    if (last === 'id_number') { return paperNumber(plain); }
    if (last === 'phone') { return telephone(plain); }
    if (question.kind === 'number' && !/^\d{1,6}$/.test(plain)) { return { problem: 'Ô này cần một số.' }; }
    if (plain.length > MOST_WORDS) { return { problem: 'Ô này dài quá, rút gọn còn ' + MOST_WORDS + ' chữ cái.' }; }
    return { value: plain };
  }

  // --- the questions on the screen -------------------------------------------------------------------------------

  var drawn = '', told = {};

  function took(question, value) {
    state.said[question.key] = value;
    state.touched[question.key] = true;
    remember();
    setTimeout(update, 0);  // the next field has the focus by then
  }

  function shapeOf(shown) {
    return shown.map(function (each) { return each.question.key; }).join() + JSON.stringify(state.unknown);
  }

  /* Another answer may ask for others, or suggest some: only where questions come or go the page is drawn anew. */
  function update() {
    var shown = asked(), focus = document.activeElement;
    if (!document.getElementById('summary')) { return; }
    if (shapeOf(shown) !== drawn) {
      draw((focus && focus.id) || 'head');
      say('Câu hỏi bên dưới đã đổi theo câu trả lời.');
      return;
    }
    shown.forEach(function (each) {
      if (each.isFirst && told[each.question.key] !== each.value) { put(each.question, each.value); }
    });
  }

  function put(question, value) {
    var node = document.getElementById(idOf(question.key)), words = document.getElementById(idOf(question.key) + '-words');
    told[question.key] = value;
    if (!node) { return; }
    if (node.getAttribute('role') === 'radiogroup') {
      Array.prototype.forEach.call(node.querySelectorAll('input'), function (radio) { radio.checked = radio.value === value; });
    } else if (words) {
      words.hidden = !value || choicesOf(question).indexOf(value) >= 0;
      words.value = words.hidden ? '' : value;
      node.value = words.hidden ? value : OTHER;
    } else { node.value = value; }
  }

  function described(question, id) {
    return (question.hint ? id + '-hint ' : '') + id + '-error';
  }

  function inputOf(question, value, id) {
    var kind = question.kind, choices = choicesOf(question), said = kind === 'yes_no' ? ['Có', 'Không'] : choices, made, words;
    function judgeNow(node) {
      var result = judged(question, node.value);
      complain(question, result.problem || '');
      if (!result.problem) {
        if (result.value !== node.value) { node.value = result.value; }
        took(question, result.value);
      }
    }
    function typed() {
      state.said[question.key] = this.value;
      state.touched[question.key] = true;
      remember();
    }
    if (kind === 'choice' || kind === 'yes_no') {
      if (said.length <= FEW && !question.free) {
        return el('div', { 'class': 'choices', role: 'radiogroup', 'aria-labelledby': id + '-label', 'aria-describedby': described(question, id), id: id, tabindex: '-1' },
          said.map(function (entry, n) {
            var radio = el('input', { type: 'radio', name: id, id: id + '-' + n, value: entry, onchange: function () {
              complain(question, '');
              took(question, entry);
            } });
            radio.checked = entry === value;
            return el('label', { 'class': 'choice', 'for': id + '-' + n }, [radio, el('span', { text: entry })]);
          }));
      }
      made = el('select', { id: id, 'aria-describedby': described(question, id), onchange: function () {
        complain(question, '');
        if (made.value === OTHER) { words.hidden = false; words.focus(); return; }
        if (words) { words.hidden = true; words.value = ''; }
        took(question, made.value);
      } }, [el('option', { value: '', text: '(chọn)' })].concat(said.map(function (entry) {
        return el('option', { value: entry, text: entry });
      })));
      if (!question.free) { made.value = value; return made; }
      made.appendChild(el('option', { value: OTHER, text: 'Khác, tự gõ' }));
      words = el('input', { type: 'text', id: id + '-words', 'aria-label': question.label + ', tự gõ', maxlength: 100, oninput: typed, onchange: function () { judgeNow(words); } });
      words.hidden = !value || said.indexOf(value) >= 0;
      words.value = words.hidden ? '' : value;
      made.value = words.hidden ? value : OTHER;
      return el('div', {}, [made, words]);
    }
    made = el(kind === 'long' ? 'textarea' : 'input', {
      id: id, rows: kind === 'long' ? 2 : null, type: kind === 'long' ? null : question.key.slice(-6) === '.phone' ? 'tel' : 'text',
      inputmode: kind === 'number' || kind === 'date' ? 'numeric' : null, autocomplete: 'off', spellcheck: 'false',
      autocapitalize: question.key.slice(-10) === '.full_name' ? 'words' : 'sentences',
      placeholder: kind === 'date' ? 'ngày/tháng/năm' : null, 'aria-describedby': described(question, id),
      oninput: typed, onchange: function () { judgeNow(made); }
    });
    made.value = value;
    return made;
  }

  function complain(question, problem) {
    var id = idOf(question.key), place = document.getElementById(id + '-error'), node = document.getElementById(id);
    if (!place || !node) { return; }
    place.textContent = problem;
    place.hidden = !problem;
    if (problem) { node.setAttribute('aria-invalid', 'true'); say(question.label + ': ' + problem); }
    else { node.removeAttribute('aria-invalid'); }
  }

  function fieldOf(each) {
    var question = each.question, id = idOf(question.key), hint = question.hint || '', label;
    var isGroup = (question.kind === 'yes_no' || question.kind === 'choice') && !question.free &&
      (question.kind === 'yes_no' || choicesOf(question).length <= FEW);
    if (question.kind === 'date') { hint = (hint ? hint + '. ' : '') + 'Chỉ biết năm thì gõ năm.'; }
    question = Object.create(question, { hint: { value: hint } });
    label = el(isGroup ? 'div' : 'label', { 'class': 'label', id: id + '-label', 'for': isGroup ? null : id, text: question.label });
    return el('div', { 'class': 'field' }, [
      label,
      hint ? el('p', { 'class': 'hint', id: id + '-hint', text: hint }) : null,
      inputOf(question, each.value, id),
      el('p', { 'class': 'error', id: id + '-error', hidden: true })
    ]);
  }

  function sections(shown) {
    var found = [], last = null;
    shown.forEach(function (each) {
      if (!last || last.title !== each.question.section) { last = { title: each.question.section, all: [] }; found.push(last); }
      last.all.push(each);
    });
    return found;
  }

  /* The person whom a section is about and who may be unknown; "" for a section of anything else. */
  function personOf(section) {
    var found = section.all.filter(function (each) { return each.question.may_be_unknown; });
    return found.length ? roleOf(found[0].question.key) : '';
  }

  function sectionOf(section) {
    var role = personOf(section), id = 'unknown-' + role, box;
    if (role) {
      box = el('input', { type: 'checkbox', id: id, onchange: function () {
        state.unknown[role] = box.checked;
        remember();
        draw(id);
        say(box.checked ? 'Bỏ qua các câu hỏi về người này.' : 'Hiện lại các câu hỏi về người này.');
      } });
      box.checked = Boolean(state.unknown[role]);
    }
    return el('fieldset', {}, [
      el('legend', {}, [el('h2', { text: section.title })]),
      role ? el('label', { 'class': 'choice', 'for': id }, [box, el('span', { text: 'Chưa rõ, chưa xác định được người này' })]) : null
    ].concat(section.all.filter(function (each) { return !(role && state.unknown[role] && roleOf(each.question.key) === role); }).map(fieldOf)));
  }

  function draw(focus) {
    var top = window.pageYOffset, shown = asked(), made;
    drawn = shapeOf(shown);
    told = {};
    shown.forEach(function (each) { told[each.question.key] = each.value; });
    clear(body);
    body.appendChild(el('h1', { id: 'head', tabindex: '-1', text: form().title }));
    if (form().note) { body.appendChild(el('p', { 'class': 'note', text: form().note })); }
    body.appendChild(el('p', { text: 'Biết gì điền nấy. Ô nào chưa biết thì để trống, ra quầy cán bộ hỏi thêm.' }));
    made = el('form', { novalidate: true, onsubmit: function (event) { event.preventDefault(); finish(); } },
      sections(shown).map(sectionOf));
    made.appendChild(el('p', { 'class': 'error', role: 'alert', id: 'summary', hidden: true, tabindex: '-1' }));
    made.appendChild(el('button', { type: 'submit', 'class': 'main', text: 'Xem lại và làm mã' }));
    made.appendChild(rememberBox());
    body.appendChild(made);
    if (state.done.length || DATA.forms.length > 1) {
      body.appendChild(button(state.done.length ? 'Về danh sách' : 'Chọn tờ khai khác', home));
    }
    window.scrollTo(0, focus ? top : 0);
    made = document.getElementById(focus || 'head');
    if (made) { made.focus(); }
    if (focus) { window.scrollTo(0, top); }
  }

  function finish() {
    var shown = asked(), wrong = [], summary = document.getElementById('summary'), answers, digits;
    shown.forEach(function (each) {
      var result;
      if (state.unknown[roleOf(each.question.key)]) { return; }
      result = judged(each.question, each.value);
      complain(each.question, result.problem || '');
      if (result.problem) { wrong.push(each.question); }
    });
    if (wrong.length) {
      summary.textContent = wrong.length === 1 ? 'Có một ô chưa đúng: ' + wrong[0].label + '.' : 'Có ' + wrong.length + ' ô chưa đúng, ô đầu là: ' + wrong[0].label + '.';
      summary.hidden = false;
      document.getElementById(idOf(wrong[0].key)).focus();
      return;
    }
    answers = answersOf(shown);
    if (!Object.keys(answers).some(function (key) { return state.touched[key] && answers[key]; }) ) {
      summary.textContent = 'Chưa điền gì: điền ít nhất một ô rồi làm mã.';
      summary.hidden = false;
      summary.focus();
      return;
    }
    digits = codec.encoded(answers, questionsOf(form()), DATA.dictionary.words);
    try { state.parts = codec.parted(digits, form().number, DATA.dictionary.version); } catch (error) {
      summary.textContent = 'Bản khai dài quá, mã không chứa hết. Rút gọn những ô dài nhất rồi làm lại.';
      summary.hidden = false;
      summary.focus();
      return;
    }
    state.at = 0;
    keep(answers);
    show();
  }

  function answersOf(shown) {
    var answers = {};
    shown.forEach(function (each) {
      var key = each.question.key, role = roleOf(key);
      if (state.unknown[role]) { if (key === role + '.full_name') { answers[key] = UNKNOWN; } return; }
      answers[key] = judged(each.question, each.value).value || '';
    });
    return answers;
  }

  function keep(answers) {
    var lines = form().questions.filter(function (question) { return answers[question.key]; }).map(function (question) {
      return { section: question.section, label: question.label, answer: answers[question.key] === UNKNOWN ? 'chưa rõ' : answers[question.key] };
    });
    var one = { title: form().title, form: state.form, name: nameOf(answers), parts: state.parts, lines: lines,
      said: state.said, unknown: state.unknown, touched: state.touched };
    if (state.editing >= 0) { state.done[state.editing] = one; } else { state.done.push(one); state.editing = state.done.length - 1; }
    remember();
  }

  function nameOf(answers) {
    var wanted = form().questions.filter(function (question) {
      var known = answers[question.key];
      return /\.full_name$/.test(question.key) && known && known !== UNKNOWN;
    });
    var others = wanted.filter(function (question) { return roleOf(question.key) !== 'applicant'; });
    var child = wanted.filter(function (question) { return roleOf(question.key) === 'child'; });
    var best = child[0] || others[0] || wanted[0];
    return best ? answers[best.key] : 'chưa có tên';
  }

  // --- the picture -----------------------------------------------------------------------------------------------

  function picture(digits, said) {
    var code = qrcode(0, 'M'), count, canvas, pen, x, y;
    code.addData(digits, 'Numeric');
    code.make();
    count = code.getModuleCount();
    canvas = document.createElement('canvas');
    canvas.width = canvas.height = (count + 2 * QUIET) * MODULE;
    pen = canvas.getContext('2d');
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#000000';
    for (y = 0; y < count; y++) {
      for (x = 0; x < count; x++) {
        if (code.isDark(y, x)) { pen.fillRect((x + QUIET) * MODULE, (y + QUIET) * MODULE, MODULE, MODULE); }
      }
    }
    return el('img', { 'class': 'code', src: canvas.toDataURL('image/png'), alt: said });
  }

  function partSaid(one, at) {
    return one.parts.length > 1 ? 'Phần ' + (at + 1) + '/' + one.parts.length : '';
  }

  function codeOf(one, at) {
    return picture(one.parts[at], 'Mã QR của bản khai ' + one.name + (one.parts.length > 1 ? ', phần ' + (at + 1) + ' trên ' + one.parts.length : ''));
  }

  function linesOf(one) {
    var last = '', rows = [];
    one.lines.forEach(function (line) {
      if (line.section !== last) { last = line.section; rows.push(el('h3', { text: last })); }
      rows.push(el('p', { 'class': 'said' }, [el('span', { text: line.label + ': ' }), el('b', { text: line.answer })]));
    });
    return el('div', {}, rows);
  }

  function show() {
    var one = state.done[state.editing], many = one.parts.length > 1, steps;
    clear(body);
    body.appendChild(el('h1', { id: 'head', tabindex: '-1', text: 'Đưa mã này cho cán bộ quét' }));
    body.appendChild(el('p', { text: one.title + ': ' + one.name }));
    body.appendChild(el('div', { 'class': 'frame screen', id: 'code' }, [
      many ? el('p', { 'class': 'part', text: partSaid(one, state.at) }) : null, codeOf(one, state.at)]));
    if (many) {
      steps = el('div', { 'class': 'steps screen' }, [
        button('Phần trước', function () { state.at--; show(); }), button('Phần tiếp', function () { state.at++; show(); }, 'main')]);
      steps.firstChild.disabled = state.at === 0;
      steps.lastChild.disabled = state.at === one.parts.length - 1;
      body.appendChild(steps);
      body.appendChild(el('p', { 'class': 'hint screen', text: 'Bản khai này dài nên có ' + one.parts.length + ' mã. Máy quét kêu thì bấm Phần tiếp; quét trước sau tùy ý.' }));
      say(partSaid(one, state.at));
    }
    body.appendChild(el('p', { 'class': 'hint screen', text: 'Vặn màn hình thật sáng và lau sạch. Có thể chụp lại màn hình, hoặc in ra giấy, để mang theo.' }));
    body.appendChild(el('p', { 'class': 'note', text: 'Đây là bản khai trước, chưa ký, chưa nộp. Mang theo giấy tờ gốc; ra quầy cán bộ đối chiếu, in tờ khai để ông bà ký.' }));
    body.appendChild(el('div', { 'class': 'screen' }, [
      button('Khai cho người khác', next, 'main'), button('Sửa bản này', edit), button('In bản này', function () { print([one]); }),
      state.done.length > 1 ? button('Về danh sách (' + state.done.length + ' bản)', home) : null]));
    body.appendChild(el('h2', { text: 'Những điều đã khai' }));
    body.appendChild(linesOf(one));
    window.scrollTo(0, 0);
    document.getElementById('head').focus();
  }

  function print(ones) {
    var sheet = document.getElementById('paper');
    clear(sheet);
    ones.forEach(function (one) {
      sheet.appendChild(el('section', {}, [el('h1', { text: one.title }), el('p', { text: 'Bản khai trước: ' + one.name + '. Chưa ký, chưa nộp; cán bộ đối chiếu với giấy tờ.' })]
        .concat(one.parts.map(function (_, at) { return el('div', { 'class': 'frame' }, [el('p', { text: partSaid(one, at) }), codeOf(one, at)]); }))
        .concat([linesOf(one)])));
    });
    window.print();
  }

  // --- one after another -----------------------------------------------------------------------------------------

  function next() {
    state.said = {}; state.unknown = {}; state.touched = {}; state.editing = -1; state.parts = [];
    if (DATA.forms.length > 1) { home(); } else { draw(); }
    say('Bản khai mới, các ô đều trống.');
  }

  function edit() {
    var one = state.done[state.editing];
    state.form = one.form; state.said = one.said; state.unknown = one.unknown; state.touched = one.touched;
    draw();
  }

  function open(n) { state.editing = n; state.at = 0; state.form = state.done[n].form; show(); }

  function begin(n) {
    state.form = n; state.said = {}; state.unknown = {}; state.touched = {}; state.editing = -1;
    draw();
  }

  function home() {
    clear(body);
    body.appendChild(el('h1', { id: 'head', tabindex: '-1', text: DATA.forms.length > 1 ? 'Khai trước ở nhà' : DATA.forms[0].title }));
    body.appendChild(el('p', { text: 'Trang này không gửi gì đi đâu: chỉ làm ra một hình mã để cán bộ quét tại quầy.' }));
    if (DATA.forms.length > 1) { body.appendChild(el('h2', { text: 'Chọn tờ khai' })); }
    DATA.forms.forEach(function (some, n) {
      body.appendChild(button(DATA.forms.length > 1 ? some.title : 'Khai cho người khác', function () { begin(n); }, 'wide'));
    });
    if (state.done.length) {
      body.appendChild(el('h2', { text: 'Đã khai trên trang này' }));
      body.appendChild(el('p', { 'class': 'hint', text: 'Danh sách này mất khi đóng trang.' }));
      body.appendChild(el('ol', {}, state.done.map(function (one, n) {
        return el('li', {}, [button(one.name + ' · ' + one.title, function () { open(n); }, 'wide')]);
      })));
      body.appendChild(button(state.done.length > 1 ? 'In cả ' + state.done.length + ' bản' : 'In bản này', function () { print(state.done); }));
    }
    body.appendChild(rememberBox());
    document.getElementById('head').focus();
    window.scrollTo(0, 0);
  }

  // --- memory: only where it is asked for --------------------------------------------------------------------------

  function memory() { try { return window.localStorage; } catch (error) { return null; } }

  function isRemembered() { try { return Boolean(memory() && memory().getItem(MEMORY)); } catch (error) { return false; } }

  function remember() {
    try { if (isRemembered()) { memory().setItem(MEMORY, JSON.stringify({ of: DATA.of, state: state })); } } catch (error) { forget(); }
  }

  function forget() { try { memory().removeItem(MEMORY); } catch (error) { return; } }

  function rememberBox() {
    var box;
    if (!memory()) { return null; }
    box = el('input', { type: 'checkbox', id: 'remember', onchange: function () {
      try {
        if (box.checked) { memory().setItem(MEMORY, JSON.stringify({ of: DATA.of, state: state })); } else { forget(); }
      } catch (error) { box.checked = false; }
      say(box.checked ? 'Trang này sẽ nhớ những gì đã khai trên máy này.' : 'Đã xóa những gì trang này nhớ.');
    } });
    box.checked = isRemembered();
    return el('label', { 'class': 'choice screen', 'for': 'remember' }, [box,
      el('span', { text: 'Nhớ trên máy này để lần sau mở lại. Máy dùng chung thì đừng đánh dấu.' })]);
  }

  function recalled() {
    var kept;
    try { kept = JSON.parse(memory().getItem(MEMORY)); } catch (error) { return false; }
    if (!kept || kept.of !== DATA.of || !kept.state) { return false; }
    state = kept.state;
    return true;
  }

  window.addEventListener('beforeunload', function (event) {
    if (isRemembered() || !(state.done.length || Object.keys(state.touched).length)) { return undefined; }
    event.preventDefault();
    event.returnValue = '';
    return '';
  });

  if (recalled() && state.form >= 0) { if (state.done.length) { home(); } else { draw(); } }
  else if (DATA.forms.length > 1) { home(); }
  else { state.form = 0; draw(); }
})();
